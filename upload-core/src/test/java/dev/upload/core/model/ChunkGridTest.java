package dev.upload.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkGridTest {

  @Property
  void cellsFollowOneAnotherAndFillTheFile(
      @ForAll @LongRange(max = 1L << 50) long length,
      @ForAll @IntRange(min = 1, max = 2000) int wantedCount,
      @ForAll boolean force) {
    long chunkSize = Math.max(1, length / wantedCount);
    ChunkGrid grid = grid(length, chunkSize, force);

    long end = 0;
    for (int cell = 0; cell < grid.count(); cell++) {
      assertThat(grid.cell(cell).start()).isEqualTo(end);
      end = grid.cell(cell).end();
    }

    assertThat(end).isEqualTo(length);
    assertThat(grid.cell(grid.count() - 1).length()).isLessThan(2 * chunkSize);
  }

  @ParameterizedTest
  @CsvSource({
    "0,5,1",
    "1,5,1",
    "5,5,1",
    "9,5,1",
    "9,5,2",
    "10,5,2",
    "14,5,2",
    "14,5,3",
    "5000000000,1048576,4768"
  })
  void takesTheTwoCountsThatTile(long length, long chunkSize, int count) {
    assertThat(new ChunkGrid(length, chunkSize, count).count()).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({
    "0,5,0", "0,5,2", "9,5,3", "10,5,1", "10,5,3", "14,5,1", "14,5,4", "10,0,1", "10,-5,1", "-1,5,1"
  })
  void refusesEveryOtherCount(long length, long chunkSize, int count) {
    assertThatThrownBy(() -> new ChunkGrid(length, chunkSize, count))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void admitsChunksThatFillACell() {
    ChunkGrid grid = new ChunkGrid(14, 5, 2);

    grid.admit(Chunk.filling(new ByteRange(0, 5)), ByteRanges.EMPTY);
    grid.admit(Chunk.filling(new ByteRange(5, 14)), ByteRanges.EMPTY);
  }

  @Test
  void admitsChunksOfTheOtherTiling() {
    ChunkGrid floor = new ChunkGrid(14, 5, 2);
    ChunkGrid ceiling = new ChunkGrid(14, 5, 3);

    floor.admit(Chunk.filling(new ByteRange(5, 10)), ByteRanges.EMPTY);
    floor.admit(Chunk.filling(new ByteRange(10, 14)), ByteRanges.EMPTY);
    ceiling.admit(Chunk.filling(new ByteRange(5, 14)), ByteRanges.EMPTY);
    assertThat(floor.agreesWith(ceiling)).isTrue();
    assertThat(floor.agreesWith(new ChunkGrid(14, 7, 2))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0,4", "0,6", "1,5", "5,9", "10,15", "5,15", "10,10", "15,15", "20,25"})
  void refusesChunksThatFillNone(long start, long end) {
    ChunkGrid grid = new ChunkGrid(14, 5, 2);

    assertThatThrownBy(() -> grid.admit(Chunk.filling(new ByteRange(start, end)), ByteRanges.EMPTY))
        .isInstanceOfSatisfying(
            UploadRejectedException.class,
            e -> assertThat(e.rejection()).isInstanceOf(Rejection.Inconsistent.class));
  }

  private static ChunkGrid grid(long length, long chunkSize, boolean force) {
    long count = force ? Math.ceilDiv(length, chunkSize) : length / chunkSize;
    return new ChunkGrid(length, chunkSize, Math.toIntExact(Math.max(1, count)));
  }
}
