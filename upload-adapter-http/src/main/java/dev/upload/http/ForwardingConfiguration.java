package dev.upload.http;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How far a proxy in front of the server is believed.
 *
 * @param trustForwarded whether {@code Forwarded} and {@code X-Forwarded-*} say what the client
 *     calls this server: only where a proxy sets or removes them
 */
@ConfigurationProperties("upload.http")
public record ForwardingConfiguration(@Bindable(defaultValue = "false") boolean trustForwarded) {}
