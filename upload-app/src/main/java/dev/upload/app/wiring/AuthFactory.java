package dev.upload.app.wiring;

import dev.upload.app.config.AuthMethod;
import dev.upload.app.config.AuthSecrets;
import dev.upload.app.config.AuthSettings;
import dev.upload.app.config.ConfigurationCheck;
import dev.upload.app.config.Exposure;
import dev.upload.app.config.JwtSettings;
import dev.upload.app.config.TrustedOrigins;
import dev.upload.http.RequesterResolver;
import dev.upload.http.auth.Authentication;
import dev.upload.http.auth.BasicAuthentication;
import dev.upload.http.auth.BearerAuthentication;
import dev.upload.http.auth.Gate;
import dev.upload.http.auth.JwtAuthentication;
import dev.upload.http.auth.SignedUrls;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.exceptions.ConfigurationException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides who may upload, at start: a choice that is missing, or that does not fit the rest, ends
 * it.
 */
@Factory
final class AuthFactory {

  private final AuthSettings settings;
  private final AuthSecrets secrets;
  private final JwtSettings jwt;

  AuthFactory(AuthSettings settings, AuthSecrets secrets, JwtSettings jwt) {
    this.settings = settings;
    this.secrets = secrets;
    this.jwt = jwt;
  }

  @Context
  RequesterResolver requesters(
      ConfigurationCheck checked, Exposure exposure, TrustedOrigins origins, InstantSource clock) {
    requireUse(AuthMethod.BASIC, "users", !secrets.users().isEmpty());
    requireUse(AuthMethod.BEARER, "tokens", !secrets.tokens().isEmpty());
    requireUse(AuthMethod.JWT, "jwt.jwks-url", jwt.given());
    requireUse(AuthMethod.SIGNED, "signing-key", !settings.signingKey().isEmpty());
    Set<AuthMethod> methods = methods(exposure);
    List<Authentication> ways = new ArrayList<>();
    if (methods.contains(AuthMethod.SIGNED)) {
      ways.add(read("signing-key", () -> new SignedUrls(settings.signingKey(), clock)));
    }
    if (methods.contains(AuthMethod.BASIC)) {
      ways.add(read("users", () -> new BasicAuthentication(secrets.users(), origins)));
    }
    if (methods.contains(AuthMethod.BEARER)) {
      ways.add(read("tokens", () -> new BearerAuthentication(secrets.tokens())));
    }
    if (methods.contains(AuthMethod.JWT)) {
      ways.add(new JwtAuthentication(jwt.keys(), jwt.issuer(), jwt.audience(), jwt.ownerClaim()));
    }
    return new Gate(ways, methods.contains(AuthMethod.ANONYMOUS), secrets.permitted());
  }

  private Set<AuthMethod> methods(Exposure exposure) {
    if (settings.chosen()) {
      return settings.chosenMethods();
    }
    exposure.requireChoice();
    return EnumSet.of(AuthMethod.ANONYMOUS);
  }

  /** Secrets that nobody asks for would let an operator believe that somebody does. */
  private void requireUse(AuthMethod method, String key, boolean given) {
    boolean chosen = settings.chosen() && settings.chosenMethods().contains(method);
    String name = method.name().toLowerCase(Locale.ROOT);
    if (given && !chosen) {
      throw new ConfigurationException(
          "upload.auth.%s is set, but upload.auth.methods has no %s".formatted(key, name));
    }
    if (chosen && !given) {
      throw new ConfigurationException(
          "upload.auth.methods has %s, but upload.auth.%s is not set".formatted(name, key));
    }
  }

  private static <T> T read(String key, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("upload.auth.%s: %s".formatted(key, e.getMessage()));
    }
  }
}
