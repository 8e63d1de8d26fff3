package dev.upload.app.config;

import dev.upload.core.model.UploadLimits;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;

/**
 * {@code upload.limits.*}: how much a client may ask for. Sizes are bytes, or numbers with KB, MB
 * or GB behind them (powers of 1024).
 *
 * @param maxLength bytes of a whole upload
 * @param maxChunk bytes of one chunk; Resumable.js sends a last chunk of up to twice its chunk size
 * @param maxAppend bytes of one request of a protocol that appends
 * @param minFree bytes that stay free on the file system
 * @param maxGaps holes between received chunks of one upload, which bounds its record
 */
@ConfigurationProperties("upload.limits")
public record LimitSettings(
    @ReadableBytes @Bindable(defaultValue = "1024GB") long maxLength,
    @ReadableBytes @Bindable(defaultValue = "256MB") long maxChunk,
    @ReadableBytes @Bindable(defaultValue = "1024GB") long maxAppend,
    @ReadableBytes @Bindable(defaultValue = "256MB") long minFree,
    @Bindable(defaultValue = "10000") int maxGaps) {

  public LimitSettings {
    Setting.require("upload.limits.max-length", maxLength > 0, "must be at least 1");
    Setting.require("upload.limits.max-chunk", maxChunk > 0, "must be at least 1");
    Setting.require("upload.limits.max-append", maxAppend > 0, "must be at least 1");
    Setting.require("upload.limits.min-free", minFree >= 0, "must not be negative");
    Setting.require("upload.limits.max-gaps", maxGaps > 0, "must be at least 1");
  }

  public UploadLimits limits() {
    return new UploadLimits(maxLength, maxChunk, maxAppend, maxGaps);
  }
}
