package dev.upload.app.config;

import dev.upload.core.model.OpenLimits;
import dev.upload.core.model.OpenUsage;
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
 * @param minLength bytes that a whole upload has at least
 * @param minAppend bytes that one request of a protocol that appends has at least, unless it makes
 *     its upload whole
 * @param minFree bytes that stay free on the file system
 * @param maxOpenUploads unfinished uploads of everybody; 0 for any number, as below
 * @param maxOpenBytes bytes of all of those
 * @param maxOpenUploadsPerOwner unfinished uploads of one owner
 * @param maxOpenBytesPerOwner bytes of all of those
 * @param maxGaps holes between received chunks of one upload, which bounds its record
 */
@ConfigurationProperties("upload.limits")
public record LimitSettings(
    @ReadableBytes @Bindable(defaultValue = "1024GB") long maxLength,
    @ReadableBytes @Bindable(defaultValue = "256MB") long maxChunk,
    @ReadableBytes @Bindable(defaultValue = "1024GB") long maxAppend,
    @ReadableBytes @Bindable(defaultValue = "0") long minLength,
    @ReadableBytes @Bindable(defaultValue = "0") long minAppend,
    @ReadableBytes @Bindable(defaultValue = "256MB") long minFree,
    @Bindable(defaultValue = "10000") int maxGaps,
    @Bindable(defaultValue = "250000") long maxOpenUploads,
    @ReadableBytes @Bindable(defaultValue = "0") long maxOpenBytes,
    @Bindable(defaultValue = "0") long maxOpenUploadsPerOwner,
    @ReadableBytes @Bindable(defaultValue = "0") long maxOpenBytesPerOwner) {

  private static final long DEFAULT_OPEN_UPLOADS = 250_000;

  public LimitSettings {
    Setting.require("upload.limits.max-length", maxLength > 0, "must be at least 1");
    Setting.require("upload.limits.max-chunk", maxChunk > 0, "must be at least 1");
    Setting.require("upload.limits.max-append", maxAppend > 0, "must be at least 1");
    requireBelow("min-length", minLength, "max-length", maxLength);
    requireBelow("min-append", minAppend, "max-append", maxAppend);
    Setting.require("upload.limits.min-free", minFree >= 0, "must not be negative");
    Setting.require("upload.limits.max-gaps", maxGaps > 0, "must be at least 1");
    requireNotNegative("max-open-uploads", maxOpenUploads);
    requireNotNegative("max-open-bytes", maxOpenBytes);
    requireNotNegative("max-open-uploads-per-owner", maxOpenUploadsPerOwner);
    requireNotNegative("max-open-bytes-per-owner", maxOpenBytesPerOwner);
  }

  /** Returns how much may be unfinished at a time. */
  public OpenLimits openLimits() {
    return new OpenLimits(
        new OpenUsage(orAny(maxOpenUploads), orAny(maxOpenBytes)),
        new OpenUsage(orAny(maxOpenUploadsPerOwner), orAny(maxOpenBytesPerOwner)));
  }

  /** Refuses such limits for a store that does not count, unless nobody has asked for any. */
  public void requireNoOpenLimits(String store) {
    String rule = "cannot be held by the store '%s': it does not count".formatted(store);
    Setting.require(
        "upload.limits.max-open-uploads",
        maxOpenUploads == 0 || maxOpenUploads == DEFAULT_OPEN_UPLOADS,
        rule);
    Setting.require("upload.limits.max-open-bytes", maxOpenBytes == 0, rule);
    Setting.require("upload.limits.max-open-uploads-per-owner", maxOpenUploadsPerOwner == 0, rule);
    Setting.require("upload.limits.max-open-bytes-per-owner", maxOpenBytesPerOwner == 0, rule);
  }

  private static void requireBelow(String key, long least, String other, long most) {
    requireNotNegative(key, least);
    Setting.require(
        "upload.limits." + key, least <= most, "must not be more than upload.limits." + other);
  }

  private static void requireNotNegative(String key, long limit) {
    Setting.require("upload.limits." + key, limit >= 0, "must not be negative");
  }

  private static long orAny(long limit) {
    return limit == 0 ? Long.MAX_VALUE : limit;
  }

  public UploadLimits limits() {
    return new UploadLimits(maxLength, maxChunk, maxAppend, maxGaps, minLength, minAppend);
  }
}
