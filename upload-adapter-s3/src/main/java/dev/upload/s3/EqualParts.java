package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.ChunkGrid;

/** Parts of one size; the last takes what remains. */
record EqualParts(long partBytes) implements PartPlan {

  private static final long ALIGNMENT_BYTES = 1L << 20;

  EqualParts {
    if (partBytes < MIN_PART_BYTES || partBytes > MAX_PART_BYTES) {
      throw new IllegalArgumentException("no part has %d bytes".formatted(partBytes));
    }
  }

  /** Returns parts of at least {@code atLeast} bytes, as many as {@code length} bytes may have. */
  static EqualParts covering(long length, long atLeast) {
    long needed = Math.max(atLeast, Math.ceilDiv(length, MAX_PARTS));
    long aligned = Math.ceilDiv(needed, ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
    return new EqualParts(Math.min(aligned, MAX_PART_BYTES));
  }

  /** Returns parts for a store that wants them equal while nobody knows how many there will be. */
  static EqualParts ofUnknownLength(PartWish wish) {
    return new EqualParts(Math.min(wish.pieceBytes(), MAX_PART_BYTES));
  }

  /**
   * Returns parts whose borders are borders of cells, wherever there are such: then no cell has to
   * be taken apart. A cell that is a legal part by itself is one; a huge one is several.
   */
  static EqualParts alignedWith(ChunkGrid grid, PartWish wish) {
    long length = grid.length();
    long cell = grid.chunkSize();
    if (cell > wish.pieceBytes()) {
      return slicesOfCells(length, cell, wish);
    }
    long smallest = cell >= MIN_PART_BYTES ? cell : wish.partBytes();
    long needed = Math.max(smallest, Math.ceilDiv(length, MAX_PARTS));
    long multiple = Math.ceilDiv(needed, cell) * cell;
    return multiple <= MAX_PART_BYTES
        ? new EqualParts(multiple)
        : covering(length, wish.partBytes());
  }

  private static EqualParts slicesOfCells(long length, long cell, PartWish wish) {
    long fewest = Math.ceilDiv(cell, wish.pieceBytes());
    long most = Math.min(cell / wish.partBytes(), MAX_PARTS);
    for (long slices = fewest; slices <= most; slices++) {
      long slice = cell / slices;
      if (cell % slices == 0
          && slice <= MAX_PART_BYTES
          && Math.ceilDiv(length, slice) <= MAX_PARTS) {
        return new EqualParts(slice);
      }
    }
    return covering(length, wish.partBytes());
  }

  @Override
  public int partAt(long offset) {
    return Math.toIntExact(offset / partBytes + 1);
  }

  @Override
  public ByteRange part(int number) {
    return ByteRange.at((number - 1) * partBytes, partBytes);
  }

  @Override
  public long capacity() {
    return MAX_PARTS * partBytes;
  }

  @Override
  public String toString() {
    return "equal " + partBytes;
  }
}
