package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import java.util.Arrays;

/**
 * Parts for an upload whose length nobody knows: each has about a thousandth of what is before it,
 * so that short uploads have small parts and 17 TiB still fit.
 */
record GrowingParts(long firstPartBytes) implements PartPlan {

  private static final long ALIGNMENT_BYTES = 1L << 20;
  private static final long GROWTH = 1_000;

  /** The plan of most uploads is the configured one: its table is kept. */
  private static volatile Table lastUsed = Table.of(8L << 20);

  GrowingParts {
    if (firstPartBytes < MIN_PART_BYTES || firstPartBytes > MAX_PART_BYTES) {
      throw new IllegalArgumentException("no part has %d bytes".formatted(firstPartBytes));
    }
  }

  /**
   * Where parts begin.
   *
   * @param starts {@code MAX_PARTS} + 1 offsets, the last of them the end of the last part
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  private record Table(long firstPartBytes, long[] starts) {

    static Table of(long firstPartBytes) {
      long[] starts = new long[MAX_PARTS + 1];
      for (int i = 0; i < MAX_PARTS; i++) {
        long share = Math.ceilDiv(starts[i], GROWTH * ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
        starts[i + 1] = starts[i] + Math.clamp(share, firstPartBytes, MAX_PART_BYTES);
      }
      return new Table(firstPartBytes, starts);
    }
  }

  private long[] starts() {
    Table table = lastUsed;
    if (table.firstPartBytes() != firstPartBytes) {
      table = Table.of(firstPartBytes);
      lastUsed = table;
    }
    return table.starts();
  }

  @Override
  public int partAt(long offset) {
    int found = Arrays.binarySearch(starts(), offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  @Override
  public ByteRange part(int number) {
    return new ByteRange(starts()[number - 1], starts()[number]);
  }

  @Override
  public long capacity() {
    return starts()[MAX_PARTS];
  }

  @Override
  public String toString() {
    return "growing " + firstPartBytes;
  }
}
