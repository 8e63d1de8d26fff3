package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {

  private static final long MIB = 1024 * 1024;

  @TempDir Path root;

  @Test
  void refusesUploadsThatWouldEatUpTheReserve() throws IOException {
    long free = Files.getFileStore(root).getUsableSpace();
    FilesystemConfig config = new FilesystemConfig(root, Durability.COMPLETED, free / 2);

    try (FilesystemUploads files = FilesystemUploads.open(config)) {
      files.store().open(Sessions.open(Sessions.append(free / 4)));

      assertFull(() -> files.store().open(Sessions.open(Sessions.append(free / 4 * 3))), free / 2);
    }
  }

  @Test
  void refusesChunksOnceTheReserveIsReached() {
    FilesystemConfig config = new FilesystemConfig(root, Durability.COMPLETED, Long.MAX_VALUE / 2);

    try (FilesystemUploads files = FilesystemUploads.open(config)) {
      UploadSession session = Sessions.open(Sessions.append(10));

      assertFull(
          () -> files.store().write(session, Chunk.openEnded(0), Bytes.body(new byte[10])),
          Long.MAX_VALUE / 2);
      assertThat(root.resolve("partial")).isEmptyDirectory();
    }
  }

  @Test
  void saysThatADiskIsFullWhenItReallyIs() throws Exception {
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m", "upload-test", root.toString()))
        .as("needs the right to mount a small file system")
        .isZero();
    try (FilesystemUploads files = FilesystemUploads.open(FilesystemConfig.of(root))) {
      UploadSession session = Sessions.open(Sessions.appendOfUnknownLength());
      byte[] tooMuch = Bytes.random((int) (6 * MIB), 1);

      assertFull(() -> files.store().write(session, Chunk.openEnded(0), Bytes.body(tooMuch)), 0);

      files.store().discard(session);
      ByteRange little = new ByteRange(0, MIB);
      assertThat(
              files
                  .store()
                  .write(session, Chunk.filling(little), Bytes.body(tooMuch, little))
                  .length())
          .isEqualTo(MIB);
    } finally {
      run("umount", root.toString());
    }
  }

  private static void assertFull(ThrowingCallable call, long minFree) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            UploadRejectedException.class,
            e -> assertThat(e.rejection()).isEqualTo(new Rejection.StorageFull(minFree)));
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
