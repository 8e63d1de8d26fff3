package dev.upload.app.config;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.ConfigurationException;

/**
 * Refuses at start what would otherwise be passed over in silence: a key that nobody knows, and a
 * value that cannot be read, in whose place the framework would take the default.
 */
@Context
public final class ConfigurationCheck {

  public ConfigurationCheck(Environment environment) {
    for (PropertySource source : environment.getPropertySources()) {
      if (source.getConvention() == PropertySource.PropertyConvention.JAVA_PROPERTIES) {
        source.forEach(ConfigurationCheck::requireKnown);
      }
    }
    for (ConfigurationKey key : ConfigurationKeys.ALL) {
      environment.getProperty(key.name(), String.class).ifPresent(value -> requireFit(key, value));
    }
  }

  private static void requireKnown(String property) {
    if (property.startsWith(ConfigurationKeys.PREFIX)
        && ConfigurationKeys.covering(property).isEmpty()) {
      throw new ConfigurationException(
          property + " is no key; docs/configuration.md lists them all");
    }
  }

  private static void requireFit(ConfigurationKey key, String value) {
    if (!key.kind().fits(value)) {
      throw new ConfigurationException(
          "%s is '%s', but has to be %s".formatted(key.name(), value, key.kind().description()));
    }
  }
}
