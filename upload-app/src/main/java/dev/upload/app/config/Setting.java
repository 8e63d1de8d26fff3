package dev.upload.app.config;

import io.micronaut.context.exceptions.ConfigurationException;
import java.util.function.Supplier;

/** Refuses a wrong setting under the name of its key. */
final class Setting {

  private Setting() {}

  static void require(String key, boolean holds, String rule) {
    if (!holds) {
      throw new ConfigurationException(key + " " + rule);
    }
  }

  /** Returns what {@code reading} makes of a setting, or says under which key it failed. */
  static <T> T read(String key, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(key + ": " + e.getMessage());
    }
  }
}
