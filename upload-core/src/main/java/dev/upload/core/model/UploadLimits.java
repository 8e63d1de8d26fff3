package dev.upload.core.model;

/**
 * What one upload may ask of the server.
 *
 * @param maxLength bytes of a whole upload
 * @param maxChunk bytes of one chunk
 * @param maxAppend bytes of one append; longer ones are to be cut into several
 * @param maxGaps holes between received ranges, which bounds the size of a session's record
 */
public record UploadLimits(long maxLength, long maxChunk, long maxAppend, int maxGaps) {

  /** No limit but what a record can bear. */
  public static final UploadLimits NONE =
      new UploadLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 10_000);

  public UploadLimits {
    if (maxLength < 1 || maxChunk < 1 || maxAppend < 1 || maxGaps < 1) {
      throw new IllegalArgumentException("a limit is at least 1");
    }
  }

  /** Returns the same for an upload that may have {@code length} bytes at most. */
  public UploadLimits withMaxLength(long length) {
    return new UploadLimits(Math.clamp(length, 1, maxLength), maxChunk, maxAppend, maxGaps);
  }

  /** Refuses a {@code field} that declares a whole of more than the limit. */
  public void admitLength(String field, long length) {
    if (length > maxLength) {
      throw new UploadRejectedException(new Rejection.TooLarge(field, maxLength, length));
    }
  }

  /** Returns how many bytes one request may bring to an upload of {@code policy}. */
  public long maxBody(AssemblyPolicy policy) {
    return policy instanceof ChunkGrid ? maxChunk : maxAppend;
  }

  /** Refuses a request that announces more bytes than that. */
  public void admitBody(AssemblyPolicy policy, long length) {
    if (length > maxBody(policy)) {
      throw new UploadRejectedException(new Rejection.TooLarge("chunk", maxBody(policy), length));
    }
  }

  /** Refuses a {@code field} that declares a chunk of more than the limit. */
  public void admitChunk(String field, long length) {
    if (length > maxChunk) {
      throw new UploadRejectedException(new Rejection.TooLarge(field, maxChunk, length));
    }
  }
}
