package dev.upload.http.connection;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;

/**
 * How much the clients of HTTP/2 may send before it is taken.
 *
 * @param windowMemory bytes of all connections together, beyond the 64 KiB that the protocol gives
 *     each; a connection gets a thirty-second of it at most. While a slow store writes what it
 *     took, as much again may wait
 */
@Context
@ConfigurationProperties(HeadTimeout.PREFIX)
public record WindowMemory(@ReadableBytes @Bindable(defaultValue = "64MB") long windowMemory) {

  private static final long MOST = 32L * 1024 * 1024 * 1024;

  public WindowMemory {
    if (windowMemory < 0 || windowMemory > MOST) {
      throw new ConfigurationException(
          HeadTimeout.PREFIX + ".window-memory must be between 0 and 32 GB");
    }
  }
}
