package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.upload.core.Uploads;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyWritersTest {

  private static final int WRITERS = 64;
  private static final int LENGTH = 1_000_000;
  private static final int CELLS = 16;
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  @TempDir Path root;

  @Test
  void sixtyFourWritersOfFourUploadsLoseNothing() throws Exception {
    try (FilesystemUploads files = FilesystemUploads.open(FilesystemConfig.of(root))) {
      Uploads uploads = TestUploads.uploads(files);
      byte[] whole = Bytes.random(LENGTH, 1);
      List<UploadDeclaration> declarations = new ArrayList<>();
      for (int i = 0; i < WRITERS / CELLS; i++) {
        declarations.add(Sessions.grid(LENGTH, LENGTH / CELLS));
        uploads.create(declarations.getLast());
      }

      List<Future<UploadSession>> sent = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int writer = 0; writer < WRITERS; writer++) {
          UploadDeclaration declaration = declarations.get(writer / CELLS);
          int cell = writer % CELLS;
          sent.add(threads.submit(() -> TestUploads.send(uploads, declaration, whole, cell)));
        }
      }
      for (Future<UploadSession> future : sent) {
        future.get();
      }

      for (UploadDeclaration declaration : declarations) {
        UploadSession session = uploads.describe(declaration.id()).orElseThrow();
        assertThat(TestUploads.contentOf(uploads, session)).isEqualTo(whole);
      }
    }
  }

  @Test
  void closesEveryFileThatItOpened() throws IOException {
    assumeThat(OPEN_FILES).as("counts descriptors where Linux lists them").exists();
    useOnce(root.resolve("first")); // loads what is loaded once
    long before = openFiles();

    useOnce(root.resolve("second"));

    assertThat(openFiles())
        .as("other tests may have left some to be closed")
        .isLessThanOrEqualTo(before);
  }

  private static void useOnce(Path directory) {
    byte[] whole = Bytes.random(1_000, 1);
    try (FilesystemUploads files = FilesystemUploads.open(FilesystemConfig.of(directory))) {
      Uploads uploads = TestUploads.uploads(files);
      UploadSession finished = TestUploads.sendAll(uploads, Sessions.grid(1_000, 100), whole);
      TestUploads.contentOf(uploads, finished);
      UploadDeclaration cancelled = Sessions.grid(1_000, 100);
      uploads.create(cancelled);
      TestUploads.send(uploads, cancelled, whole, 3);
      uploads.cancel(cancelled.id());
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(OPEN_FILES)) {
      return files.count();
    }
  }
}
