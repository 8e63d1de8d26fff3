package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemUploadsTest {

  @TempDir Path root;

  @Test
  void refusesWorkAfterItsEnd() {
    FilesystemUploads files = FilesystemUploads.open(FilesystemConfig.of(root));
    UploadSession session = Sessions.open(Sessions.grid(10, 10));

    files.close();

    assertUnavailable(() -> files.sessions().insert(session));
    assertUnavailable(() -> files.sessions().find(session.id()));
    assertUnavailable(() -> files.store().open(session));
    assertUnavailable(
        () ->
            files
                .store()
                .write(session, Chunk.filling(new ByteRange(0, 10)), Bytes.body(new byte[10])));
    assertThat(root.resolve("partial")).isEmptyDirectory();
  }

  @Test
  void leavesNoLogBesideTheDatabaseAfterAnOrderlyEnd() {
    try (FilesystemUploads files = FilesystemUploads.open(FilesystemConfig.of(root))) {
      files.sessions().insert(Sessions.open(Sessions.grid(10, 10)));
      assertThat(root.resolve("sessions.db-wal")).exists();
    }

    assertThat(root.resolve("sessions.db-wal")).doesNotExist();
  }

  @Test
  void saysWhichDirectoryCannotBeOpened() throws IOException {
    Path file = Files.createFile(root.resolve("file"));

    assertUnavailable(() -> FilesystemUploads.open(FilesystemConfig.of(file.resolve("below"))));
  }

  @Test
  void closesTwiceWithoutComplaint() {
    FilesystemUploads files = FilesystemUploads.open(FilesystemConfig.of(root));

    files.close();
    files.close();

    FilesystemUploads.open(FilesystemConfig.of(root)).close();
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(StorageUnavailableException.class);
  }
}
