package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.testing.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagesTest {

  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  @Test
  void aPieceCanBeReadAgainAndAgain() throws IOException {
    byte[] bytes = Bytes.random(3 * MIB + 7, 1);

    try (Stage memory = stages(8, 0, Duration.ZERO).open(bytes.length);
        Stage file = stages(0, 8, Duration.ZERO).open(bytes.length)) {
      for (Stage stage : new Stage[] {memory, file}) {
        stage.append(ByteBuffer.wrap(bytes, 0, 1_000));
        stage.append(ByteBuffer.allocateDirect(MIB).put(bytes, 1_000, MIB).flip());
        stage.append(ByteBuffer.wrap(bytes, 1_000 + MIB, bytes.length - 1_000 - MIB));

        assertThat(stage.open().readAllBytes()).isEqualTo(bytes);
        assertThat(stage.open().readAllBytes()).isEqualTo(bytes);
        assertThat(stage.checksum()).isEqualTo(Crc32c.of(bytes));
      }
    }
  }

  @Test
  void whatMemoryHasNoRoomForGoesToAFileThatVanishes() throws IOException {
    Stages stages = stages(8, 16, Duration.ZERO);

    try (Stage first = stages.open(8 * MIB);
        Stage second = stages.open(8 * MIB)) {
      second.append(ByteBuffer.wrap(new byte[] {1}));
      assertThat(first).isInstanceOf(MemoryStage.class);
      assertThat(second).isInstanceOf(SpoolStage.class);
      assertThat(files()).isEqualTo(1);
    }

    assertThat(files()).isZero();
    assertThat(stages.freeMemoryBytes()).isEqualTo(8 * MIB);
    assertThat(stages.freeSpoolBytes()).isEqualTo(16 * MIB);
  }

  @Test
  void whoFindsNoRoomAtAllWaitsAWhileAndIsTurnedAway() throws IOException {
    Stages stages = stages(0, 8, Duration.ofMillis(50));

    try (Stage all = stages.open(8 * MIB)) {
      assertThatThrownBy(() -> stages.open(1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no buffer became free");
      assertThat(all.length()).isZero();
    }
  }

  @Test
  void whoWaitsIsLetInWhenThereIsRoom() throws Exception {
    Stages stages = stages(0, 8, Duration.ofSeconds(20));
    Stage all = stages.open(8 * MIB);

    CompletableFuture<Stage> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return stages.open(MIB);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assertThat(waiting).isNotDone();
    all.close();
    all.close();

    waiting.get().close();
    assertThat(stages.freeSpoolBytes()).isEqualTo(8 * MIB);
  }

  @Test
  void roomForNoPieceAtAllIsNoConfiguration() {
    assertThatThrownBy(() -> S3Config.bucket("b").bufferBytes(0).spoolBytes(MIB).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }

  private Stages stages(int memoryMib, int spoolMib, Duration patience) {
    return new Stages(
        S3Config.bucket("b")
            .pieceBytes(8 * MIB)
            .bufferBytes((long) memoryMib * MIB)
            .spoolBytes((long) spoolMib * MIB)
            .spoolDirectory(directory)
            .spoolPatience(patience)
            .build());
  }
}
