package dev.upload.core.model;

import java.util.List;

/**
 * The whole is made of other uploads, one after the other; nothing can be sent to it.
 *
 * @param parts in order; one may be there several times
 * @param asSent how the client named them, for protocols that want it back; empty if nobody will
 */
public record Concatenation(List<UploadId> parts, String asSent) implements AssemblyPolicy {

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

  /** Takes parts of which nobody will want the text back. */
  public Concatenation(List<UploadId> parts) {
    this(parts, "");
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
    return other instanceof Concatenation whole && parts.equals(whole.parts);
  }

  @Override
  public boolean keepsPartOfChunk() {
    return false;
  }
}
