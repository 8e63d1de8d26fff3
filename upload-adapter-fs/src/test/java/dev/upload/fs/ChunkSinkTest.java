package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkSinkTest {

  private static final int MIB = 1024 * 1024;

  @TempDir Path root;

  @Test
  void gathersBuffersOfAnyKindIntoTheirPlace() throws IOException {
    byte[] bytes = Bytes.random(300, 1);
    ByteBuffer direct = ByteBuffer.allocateDirect(100).put(bytes, 0, 100).flip();
    ByteBuffer heap = ByteBuffer.wrap(bytes, 100, 150);
    ByteBuffer readOnly = ByteBuffer.wrap(bytes, 250, 50).asReadOnlyBuffer();
    ByteBuffer[] sources = {ByteBuffer.allocate(9), direct, heap, readOnly, ByteBuffer.allocate(9)};
    ChunkChecksum checksum = new ChunkChecksum(7, true);
    Path path = Files.write(root.resolve("file"), Bytes.random(400, 2));

    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      assertThat(
              new ChunkSink(file, new ByteRange(7, 307), checksum, position -> {})
                  .write(sources, 1, 3))
          .isEqualTo(300);
    }

    assertThat(Bytes.slice(Files.readAllBytes(path), new ByteRange(7, 307))).isEqualTo(bytes);
    assertThat(checksum.fingerprints())
        .containsExactly(new Fingerprint(new ByteRange(7, 307), crcOf(bytes)));
    assertThat(readOnly.remaining()).isZero();
  }

  @Test
  void fingerprintsALongChunkInSegments() {
    byte[] bytes = Bytes.random(33 * MIB, 3);
    ChunkChecksum checksum = new ChunkChecksum(5, true);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);

    for (int end : new int[] {10 * MIB, 10 * MIB + 1, 33 * MIB}) {
      int start = buffer.position();
      checksum.update(buffer.position(end), start);
    }

    List<Fingerprint> fingerprints = checksum.fingerprints();
    assertThat(fingerprints)
        .extracting(Fingerprint::range)
        .containsExactly(
            new ByteRange(5, 16 * MIB + 5),
            new ByteRange(16 * MIB + 5, 32 * MIB + 5),
            new ByteRange(32 * MIB + 5, 33 * MIB + 5));
    assertThat(fingerprints.get(1).crc32c())
        .isEqualTo(crcOf(Bytes.slice(bytes, new ByteRange(16 * MIB, 32 * MIB))));
  }

  @Test
  void keepsABodyThatIsTooLongOutOfItsNeighbour() {
    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      UploadSession session = Sessions.open(Sessions.grid(30, 10));
      files.store().write(session, Chunk.filling(new ByteRange(20, 30)), body(10));

      assertThatThrownBy(
              () -> files.store().write(session, Chunk.filling(new ByteRange(10, 20)), body(11)))
          .isInstanceOfSatisfying(
              UploadRejectedException.class,
              e -> assertThat(e.rejection()).isInstanceOf(Rejection.Inconsistent.class));

      assertThat(root.resolve("partial").resolve(session.id().value()))
          .hasBinaryContent(new byte[30]);
    }
  }

  @Test
  void offersBodiesAGatheringChannel() {
    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      UploadSession session = Sessions.open(Sessions.grid(10, 10));
      Gathering gathering = new Gathering();

      files.store().write(session, Chunk.filling(new ByteRange(0, 10)), gathering);

      assertThat(gathering.written).isEqualTo(10);
    }
  }

  private static ChunkBody body(int length) {
    return Bytes.body(new byte[length]);
  }

  private static int crcOf(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** A body that insists on writing all of its buffers at once. */
  private static final class Gathering implements ChunkBody {

    private long written;

    @Override
    public long transferTo(WritableByteChannel sink) throws IOException {
      ByteBuffer[] buffers = {ByteBuffer.allocateDirect(4), ByteBuffer.allocateDirect(6)};
      written = ((GatheringByteChannel) sink).write(buffers);
      return written;
    }

    @Override
    public boolean truncated() {
      return false;
    }

    @Override
    public void cut() {}
  }
}
