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
    return new ChunkGrid(length, chunkSize, Math.toIntExact(Math.max(1, length / chunkSize)));
  }

  /** Tells whether {@code count} is one of the two counts that tile a file. */
  public static boolean tiles(long length, long chunkSize, long count) {
    return count == Math.max(1, length / chunkSize)
        || count == Math.max(1, Math.ceilDiv(length, chunkSize));
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

  @Override
  public void admit(Chunk chunk, ByteRanges received) {
    long cell = Math.min(chunk.offset() / chunkSize, count - 1L);
    ByteRange place = cell((int) cell);
    if (place.start() != chunk.offset() || chunk.length().orElse(-1) != place.length()) {
      throw new UploadRejectedException(
          new Rejection.Inconsistent(
              "chunk",
              "it does not fill cell %d of the grid: bytes %d to %d"
                  .formatted(cell, place.start(), place.end())));
    }
  }

  /** A cell counts as held only when all of it is stored. */
  @Override
  public boolean keepsPartOfChunk() {
    return false;
  }
}
