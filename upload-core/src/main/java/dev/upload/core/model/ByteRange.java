package dev.upload.core.model;

/** The bytes from {@code start} up to, but without, {@code end}; empty where they are equal. */
public record ByteRange(long start, long end) {

  /** Every byte that an upload can have. */
  public static final ByteRange EVERYTHING = new ByteRange(0, Long.MAX_VALUE);

  public ByteRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no byte range from %d to %d".formatted(start, end));
    }
  }

  /** Returns the {@code length} bytes that begin at {@code offset}. */
  public static ByteRange at(long offset, long length) {
    return new ByteRange(offset, Math.addExact(offset, length));
  }

  /** Returns everything from {@code offset} on. */
  public static ByteRange from(long offset) {
    return new ByteRange(offset, Long.MAX_VALUE);
  }

  public long length() {
    return end - start;
  }

  public boolean isEmpty() {
    return start == end;
  }

  /** Tells whether the two share a place; an empty range shares the place where it lies. */
  public boolean overlaps(ByteRange other) {
    return start == other.start || (start < other.end && other.start < end);
  }

  /** Tells whether every byte of {@code other} is in this range. */
  public boolean contains(ByteRange other) {
    return start <= other.start && other.end <= end;
  }
}
