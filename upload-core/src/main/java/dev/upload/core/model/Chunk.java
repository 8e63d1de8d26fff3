package dev.upload.core.model;

import java.util.OptionalLong;

/**
 * Where the bytes of one request belong.
 *
 * @param offset of its first byte in the upload
 * @param length how many bytes were announced; empty if the client did not say
 * @param last whether the client says that nothing follows
 */
public record Chunk(long offset, OptionalLong length, boolean last) {

  public Chunk {
    if (offset < 0 || length.orElse(0) < 0) {
      throw new IllegalArgumentException("a chunk has no negative offset or length");
    }
  }

  /** Returns the chunk that fills {@code range}. */
  public static Chunk filling(ByteRange range) {
    return new Chunk(range.start(), OptionalLong.of(range.length()), false);
  }

  /** Returns a chunk that ends when its body does. */
  public static Chunk openEnded(long offset) {
    return new Chunk(offset, OptionalLong.empty(), false);
  }

  /** Returns what is left of it behind its first {@code taken} bytes. */
  public Chunk behind(long taken) {
    OptionalLong left =
        length.isPresent() ? OptionalLong.of(length.getAsLong() - taken) : OptionalLong.empty();
    return new Chunk(offset + taken, left, last);
  }

  /** Returns the announced range; from the offset on where no length was announced. */
  public ByteRange range() {
    return ByteRange.at(offset, Math.min(length.orElse(Long.MAX_VALUE), Long.MAX_VALUE - offset));
  }
}
