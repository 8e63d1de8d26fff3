package dev.upload.core.model;

/**
 * A file of {@code length} bytes cut into {@code count} cells of {@code chunkSize} bytes; the last
 * cell takes what remains (Resumable.js, Flow.js).
 *
 * <p>Two counts tile a file: ⌊length/chunkSize⌋, where the last cell has up to 2·chunkSize−1 bytes,
 * and ⌈length/chunkSize⌉ ({@code forceChunkSize}). Both are at least one, so that an empty file has
 * one empty cell.
 */
public record ChunkGrid(long length, long chunkSize, int count) implements AssemblyPolicy {

  public ChunkGrid {
    if (length < 0 || chunkSize < 1 || !tiles(length, chunkSize, count)) {
      throw new IllegalArgumentException(
          "%d chunks of %d do not tile %d bytes".formatted(count, chunkSize, length));
    }
  }

  /**
   * Returns the grid of a file whose last cell takes what remains of it: ⌊length/chunkSize⌋ cells.
   */
  public static ChunkGrid of(long length, long chunkSize) {
    return new ChunkGrid(length, chunkSize, Math.toIntExact(fewestCells(length, chunkSize)));
  }

  /** Returns how many cells there are where the last one takes the rest too. */
  public static long fewestCells(long length, long chunkSize) {
    return Math.max(1, length / chunkSize);
  }

  /** Returns how many cells there are where the rest is one of its own. */
  public static long mostCells(long length, long chunkSize) {
    return Math.max(1, Math.ceilDiv(length, chunkSize));
  }

  /** Tells whether {@code count} is one of the two counts that tile a file. */
  public static boolean tiles(long length, long chunkSize, long count) {
    return count == fewestCells(length, chunkSize) || count == mostCells(length, chunkSize);
  }

  /**
   * Returns the place of a cell.
   *
   * @param cell from 0 to {@code count} − 1
   * @throws IndexOutOfBoundsException if there is no such cell
   */
  public ByteRange cell(int cell) {
    if (cell < 0 || cell >= count) {
      throw new IndexOutOfBoundsException("no cell %d among %d".formatted(cell, count));
    }
    long start = cell * chunkSize;
    return new ByteRange(start, cell == count - 1 ? length : start + chunkSize);
  }

  @Override
  public ByteRange writeSpan(Chunk chunk) {
    return ByteRange.at(chunk.offset(), chunk.length().orElse(0));
  }

  /**
   * Admits what fills a cell of either tiling: a byte belongs at the same place in both, and while
   * Resumable.js 1.1.0 is still cutting a file it cannot say which one it will be (its issue 567).
   */
  @Override
  public void admit(Chunk chunk, ByteRanges received) {
    if (!fillsCell(chunk, fewestCells(length, chunkSize))
        && !fillsCell(chunk, mostCells(length, chunkSize))) {
      throw new UploadRejectedException(
          new Rejection.Inconsistent(
              "chunk",
              "bytes %d to %d fill no cell of %d bytes in a file of %d"
                  .formatted(chunk.offset(), chunk.range().end(), chunkSize, length)));
    }
  }

  private boolean fillsCell(Chunk chunk, long cells) {
    long cell = chunk.offset() / chunkSize;
    long end = cell == cells - 1 ? length : chunk.offset() + chunkSize;
    return chunk.offset() % chunkSize == 0 && cell < cells && chunk.range().end() == end;
  }

  /** Two tilings of the same file into chunks of the same size agree. */
  @Override
  public boolean agreesWith(AssemblyPolicy other) {
    return other instanceof ChunkGrid grid && length == grid.length && chunkSize == grid.chunkSize;
  }

  /** A cell counts as held only when all of it is stored. */
  @Override
  public boolean keepsPartOfChunk() {
    return false;
  }
}
