package dev.upload.http.rufh;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;

/**
 * How often clients are told how far their bytes have come. What is told is recorded first, which
 * costs what an append costs.
 *
 * @param progressBytes at the latest after so many
 * @param progressInterval about so often
 */
@Context
@ConfigurationProperties(RufhConfiguration.PREFIX)
record RufhConfiguration(
    @ReadableBytes @Bindable(defaultValue = "16MB") long progressBytes,
    @Bindable(defaultValue = "5s") Duration progressInterval) {

  static final String PREFIX = "upload.http.resumable";

  RufhConfiguration {
    if (progressBytes < 1) {
      throw new ConfigurationException(PREFIX + ".progress-bytes must be at least 1");
    }
    if (!progressInterval.isPositive()) {
      throw new ConfigurationException(PREFIX + ".progress-interval must be longer than nothing");
    }
  }
}
