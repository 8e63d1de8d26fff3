package dev.upload.http.connection;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long the server waits for a request.
 *
 * @param headTimeout within which the head of the next request has to arrive, all of it
 */
@Context
@ConfigurationProperties(HeadTimeout.PREFIX)
public record HeadTimeout(@Bindable(defaultValue = "60s") Duration headTimeout) {

  static final String PREFIX = "upload.http";

  public HeadTimeout {
    if (!headTimeout.isPositive()) {
      throw new ConfigurationException(PREFIX + ".head-timeout must be longer than nothing");
    }
  }
}
