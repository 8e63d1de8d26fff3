package dev.upload.http.drain;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How the server ends.
 *
 * @param notice how long it serves on as before, but says that it is about to end
 * @param timeout how long running requests may go on after that
 */
@Context
@ConfigurationProperties(DrainConfiguration.PREFIX)
public record DrainConfiguration(
    @Bindable(defaultValue = "0s") Duration notice,
    @Bindable(defaultValue = "5s") Duration timeout) {

  static final String PREFIX = "upload.drain";

  public DrainConfiguration {
    if (notice.isNegative() || timeout.isNegative()) {
      throw new ConfigurationException(PREFIX + ": no time is negative");
    }
  }
}
