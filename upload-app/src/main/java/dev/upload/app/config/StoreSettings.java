package dev.upload.app.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * {@code upload.store.*}: which store, one for all uploads.
 *
 * @param type {@code filesystem} or {@code s3}
 */
@ConfigurationProperties("upload.store")
public record StoreSettings(@Bindable(defaultValue = "filesystem") StoreType type) {}
