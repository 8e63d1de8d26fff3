package dev.upload.core.model;

/** Bytes come one after the other: a chunk begins where the one before it ended (tus, IETF). */
public record AppendOnly(Completion completion) implements AssemblyPolicy {

  /** What makes an upload whole. */
  public enum Completion {
    /** The last byte of a known length. */
    WHEN_FULL,
    /** The client's word that a chunk is the last. */
    WHEN_DECLARED,
    /** Nothing: it is only there to be concatenated with others, and never becomes a file. */
    NEVER
  }

  @Override
  public ByteRange writeSpan(Chunk chunk) {
    return ByteRange.from(chunk.offset());
  }

  @Override
  public void admit(Chunk chunk, ByteRanges received) {
    if (chunk.offset() != received.prefixEnd()) {
      throw new UploadRejectedException(
          new Rejection.OffsetMismatch(received.prefixEnd(), chunk.offset()));
    }
  }

  @Override
  public boolean agreesWith(AssemblyPolicy other) {
    return equals(other);
  }

  @Override
  public boolean keepsPartOfChunk() {
    return true;
  }

  @Override
  public boolean isPartial() {
    return completion == Completion.NEVER;
  }
}
