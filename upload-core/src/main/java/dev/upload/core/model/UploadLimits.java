package dev.upload.core.model;

/**
 * What one upload may ask of the server.
 *
 * @param maxLength bytes of a whole upload
 * @param maxChunk bytes of one chunk
 * @param maxAppend bytes of one append; longer ones are to be cut into several
 * @param maxGaps holes between received ranges, which bounds the size of a session's record
 * @param minLength bytes that a whole upload has at least; 0 for any number
 * @param minAppend bytes that one append has at least, unless it makes an upload whole; 0 for any
 *     number
 */
public record UploadLimits(
    long maxLength, long maxChunk, long maxAppend, int maxGaps, long minLength, long minAppend) {

  /** No limit but what a record can bear. */
  public static final UploadLimits NONE =
      new UploadLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 10_000);

  public UploadLimits {
    if (maxLength < 1 || maxChunk < 1 || maxAppend < 1 || maxGaps < 1) {
      throw new IllegalArgumentException("a limit is at least 1");
    }
    if (minLength < 0 || minLength > maxLength || minAppend < 0 || minAppend > maxAppend) {
      throw new IllegalArgumentException("the least is between 0 and the most");
    }
  }

  /** Sets limits on what is too much only. */
  public UploadLimits(long maxLength, long maxChunk, long maxAppend, int maxGaps) {
    this(maxLength, maxChunk, maxAppend, maxGaps, 0, 0);
  }

  /** Returns the same for an upload that may have {@code length} bytes at most. */
  public UploadLimits withMaxLength(long length) {
    long most = Math.clamp(length, 1, maxLength);
    return new UploadLimits(
        most, maxChunk, maxAppend, maxGaps, Math.min(minLength, most), minAppend);
  }

  /** Refuses a {@code field} that declares a whole of more than the limit. */
  public void admitLength(String field, long length) {
    if (length > maxLength) {
      throw new UploadRejectedException(new Rejection.TooLarge(field, maxLength, length));
    }
  }

  /**
   * Refuses a {@code field} that declares a whole of more than the limit, or of less. What is only
   * there to be concatenated is no whole: it may be short.
   */
  public void admitWhole(String field, AssemblyPolicy policy, long length) {
    admitLength(field, length);
    if (length < minLength && !policy.isPartial()) {
      throw new UploadRejectedException(new Rejection.TooSmall(field, minLength, length));
    }
  }

  /**
   * Refuses an append of {@code length} bytes that is too short, or would make a whole that is. One
   * that makes an upload whole, or brings nothing to one that has nothing, is as short as it likes.
   */
  public void admitAppend(UploadSession session, Chunk chunk, long length) {
    if ((minAppend == 0 && minLength == 0) || !(session.policy() instanceof AppendOnly)) {
      return;
    }
    if (session.isWholeWith(chunk, length)) {
      admitWhole("length", session.policy(), chunk.offset() + length);
      return;
    }
    boolean full = chunk.last() || session.length().orElse(-1) == chunk.offset() + length;
    boolean first = chunk.offset() == 0 && length == 0;
    if (length < minAppend && !first && !(session.isPartial() && full)) {
      throw new UploadRejectedException(new Rejection.TooSmall("chunk", minAppend, length));
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
