package dev.upload.core.model;

import java.util.List;

/**
 * The whole is made of other uploads, one after the other; nothing can be sent to it.
 *
 * @param parts in order; one may be there several times
 */
public record Concatenation(List<UploadId> parts) implements AssemblyPolicy {

  /** The most parts that one upload is made of, which bounds its record. */
  public static final int MAX_PARTS = 1_000;

  public Concatenation {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a concatenation has at least one part");
    }
    if (parts.size() > MAX_PARTS) {
      throw new UploadRejectedException(
          new Rejection.TooLarge("Upload-Concat", MAX_PARTS, parts.size()));
    }
  }

  @Override
  public ByteRange writeSpan(Chunk chunk) {
    return ByteRange.EVERYTHING;
  }

  @Override
  public void admit(Chunk chunk, ByteRanges received) {
    throw new UploadRejectedException(new Rejection.NotAppendable());
  }

  @Override
  public boolean agreesWith(AssemblyPolicy other) {
    return equals(other);
  }

  @Override
  public boolean keepsPartOfChunk() {
    return false;
  }
}
