package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.testing.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketChunkSinkTest {

  private static final ByteRange PLACE = ByteRange.at(100, 500);

  @TempDir Path root;

  private final byte[] bytes = Bytes.random(500, 1);
  private final ChunkChecksum checksum = new ChunkChecksum(PLACE.start(), true);
  private final List<Long> told = new ArrayList<>();
  private Path file;

  @BeforeEach
  void create() throws IOException {
    file = Files.write(root.resolve("file"), Bytes.random(700, 2));
  }

  @Test
  void writtenAndMovedBytesStandInTheOrderInWhichTheyCame() throws IOException {
    byte[] before = Files.readAllBytes(file);

    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        SocketChunkSink sink = sink(channel)) {
      sink.write(ByteBuffer.wrap(bytes, 0, 50));
      move(sink, 200);
      sink.write(new ByteBuffer[] {ByteBuffer.wrap(bytes, 250, 7)});
      move(sink, 43);
      sink.write(ByteBuffer.wrap(bytes, 300, 200));
    }

    System.arraycopy(bytes, 0, before, 100, 500);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(told).containsExactly(150L, 350L, 357L, 400L, 600L);
  }

  @Test
  void nobodyKnowsWhatAChunkLooksLikeOfWhichBytesWereMoved() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        SocketChunkSink sink = sink(channel)) {
      sink.write(ByteBuffer.wrap(bytes, 0, 50));
      move(sink, 200);
      sink.write(ByteBuffer.wrap(bytes, 250, 100));
    }

    assertThat(checksum.fingerprints()).containsExactly(Fingerprint.unseen(ByteRange.at(100, 350)));
  }

  @Test
  void theNeighboursBytesAreSafe() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        SocketChunkSink sink = sink(channel)) {
      assertThat(sink.lift(0, 1_000)).as("the chunk's room").isEqualTo(500);
      sink.lower();

      assertThatThrownBy(() -> sink.lift(0, 1)).isInstanceOf(UploadRejectedException.class);
    }
  }

  private void move(SocketChunkSink sink, int count) throws IOException {
    assertThat(sink.lift(0, count)).isEqualTo(count);
    sink.lower();
  }

  private SocketChunkSink sink(FileChannel channel) {
    MemorySockets sockets = new MemorySockets(bytes, PLACE.start());
    return new SocketChunkSink(() -> sockets.into(file), channel, PLACE, checksum, told::add);
  }
}
