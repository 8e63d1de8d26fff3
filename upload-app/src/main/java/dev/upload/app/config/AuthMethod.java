package dev.upload.app.config;

import io.micronaut.context.exceptions.ConfigurationException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** One way for requests to say whose they are, as operators choose it. */
public enum AuthMethod {
  /** They need not say. */
  ANONYMOUS,
  /** Names and passwords from the configuration. */
  BASIC,
  /** Tokens from the configuration. */
  BEARER,
  /** Tokens of an identity provider. */
  JWT,
  /** Signed URLs. */
  SIGNED;

  static Set<AuthMethod> parse(String key, String text) {
    Set<AuthMethod> methods = EnumSet.noneOf(AuthMethod.class);
    for (String name : text.split(",", -1)) {
      methods.add(one(key, name.strip()));
    }
    return methods;
  }

  private static AuthMethod one(String key, String name) {
    return Arrays.stream(values())
        .filter(method -> method.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> new ConfigurationException("%s: '%s' is no method".formatted(key, name)));
  }
}
