package dev.upload.app.config;

import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.cors.CorsOriginConfiguration;
import jakarta.inject.Singleton;
import java.util.function.Predicate;

/** The origins whose pages may upload: those that CORS is configured for, if it is enabled. */
@Singleton
public final class TrustedOrigins implements Predicate<String> {

  private final HttpServerConfiguration.CorsConfiguration cors;

  public TrustedOrigins(HttpServerConfiguration server) {
    this.cors = server.getCors();
  }

  @Override
  public boolean test(String origin) {
    return cors.isEnabled()
        && cors.getConfigurations().values().stream().anyMatch(one -> allows(one, origin));
  }

  private static boolean allows(CorsOriginConfiguration configuration, String origin) {
    return configuration.getAllowedOrigins().equals(CorsOriginConfiguration.ANY)
        || configuration.getAllowedOrigins().contains(origin)
        || configuration.getAllowedOriginsRegex().filter(origin::matches).isPresent();
  }
}
