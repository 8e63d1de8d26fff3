package dev.upload.http.body;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;
import java.util.Optional;

/**
 * How slow a client may be that the server waits for.
 *
 * @param minRate bytes a second; 0 lets clients be as slow as they like
 * @param patience how long a client may stand still, or stay below the rate, at most
 */
@Context
@ConfigurationProperties(MinimumRate.PREFIX)
public record MinimumRate(
    @ReadableBytes @Bindable(defaultValue = "1KB") long minRate,
    @Bindable(defaultValue = "30s") Duration patience) {

  static final String PREFIX = "upload.http";

  private static final long NANOS_A_SECOND = 1_000_000_000;

  /** No client takes so long for anything that is counted here. */
  private static final long MOST_BYTES = Long.MAX_VALUE / NANOS_A_SECOND;

  public MinimumRate {
    if (minRate < 0) {
      throw new ConfigurationException(PREFIX + ".min-rate must not be negative");
    }
    if (!patience.isPositive()) {
      throw new ConfigurationException(PREFIX + ".patience must be longer than nothing");
    }
  }

  /** Tells whether there is a rate at all. */
  boolean isWanted() {
    return minRate > 0;
  }

  /** Returns how many nanoseconds a client may take for {@code bytes}. */
  long nanosFor(long bytes) {
    return Math.min(bytes, MOST_BYTES) * NANOS_A_SECOND / minRate;
  }

  /** Returns the most time in which a client has to take {@code bytes}, if it has to. */
  public Optional<Duration> limitFor(long bytes) {
    return isWanted() ? Optional.of(patience.plusNanos(nanosFor(bytes))) : Optional.empty();
  }
}
