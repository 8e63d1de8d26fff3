package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundForceTest {

  @TempDir Path root;

  private final UploadDeclaration declaration = Sessions.grid(1_000, 100);
  private final byte[] whole = Bytes.random(1_000, 1);

  @Test
  void takesOffTheListWhatItForced() throws InterruptedException {
    try (FilesystemUploads files = open(Duration.ofMillis(5))) {
      Uploads uploads = TestUploads.uploads(files);
      uploads.create(declaration);
      TestUploads.send(uploads, declaration, whole, 0);

      awaitEmptyList((SqliteSessions) files.sessions());
    }
  }

  @Test
  void takesCompletedUploadsOffTheListWhereNobodyWaitedForTheDisk() throws InterruptedException {
    FilesystemConfig config = new FilesystemConfig(root, Durability.EVENTUAL, 0);
    try (FilesystemUploads files =
        FilesystemUploads.open(config, Optional.of("boot"), Duration.ofMillis(5))) {
      Uploads uploads = TestUploads.uploads(files);
      for (int i = 0; i < 20; i++) {
        TestUploads.begin(uploads, Sessions.grid(500, 1_000), whole);
      }
      TestUploads.sendAll(uploads, declaration, whole);

      awaitEmptyList((SqliteSessions) files.sessions());
    }
  }

  @Test
  void beginsEarlyWhenMuchHasCome() throws InterruptedException {
    byte[] large = new byte[65 * 1024 * 1024];
    try (FilesystemUploads files = open(TestUploads.NEVER)) {
      Uploads uploads = TestUploads.uploads(files);
      UploadDeclaration two = Sessions.grid(2L * large.length, large.length);

      TestUploads.begin(uploads, two, large);

      awaitEmptyList((SqliteSessions) files.sessions());
    }
  }

  @Test
  void makesRoomAheadAtOnceAndForcesNothingForThat() throws InterruptedException {
    BlockingQueue<ByteRange> laidOut = new LinkedBlockingQueue<>();
    int half = 12 * 1024 * 1024;
    UploadDeclaration two = Sessions.grid(2L * half, half);
    FilesystemConfig config =
        new FilesystemConfig(
            root,
            Durability.COMPLETED,
            0,
            new OperatingSystem(
                SocketTransfers.NONE, (file, range) -> laidOut.add(range), Writeback.NONE));
    try (FilesystemUploads files =
        FilesystemUploads.open(config, Optional.of("boot"), TestUploads.NEVER)) {
      Uploads uploads = TestUploads.uploads(files);

      TestUploads.begin(uploads, two, new byte[half]);

      assertThat(laidOut.poll(30, TimeUnit.SECONDS))
          .satisfies(range -> assertThat(range.end()).isEqualTo(2L * half));
      assertThat(((SqliteSessions) files.sessions()).listed(two.id())).isNotEmpty();
    }
  }

  @Test
  void leavesChunksOnTheListUntilItsNextRound() {
    try (FilesystemUploads files = open(TestUploads.NEVER)) {
      Uploads uploads = TestUploads.uploads(files);
      uploads.create(declaration);
      TestUploads.send(uploads, declaration, whole, 0);
      TestUploads.send(uploads, declaration, whole, 4);

      SqliteSessions sessions = (SqliteSessions) files.sessions();
      assertThat(sessions.listed(declaration.id())).hasSize(2);
    }
  }

  @Test
  void listsNothingWhereEachChunkIsForcedAnyway() {
    FilesystemConfig config = new FilesystemConfig(root, Durability.ACKNOWLEDGED, 0);
    try (FilesystemUploads files =
        FilesystemUploads.open(config, Optional.of("boot"), TestUploads.NEVER)) {
      Uploads uploads = TestUploads.uploads(files);
      uploads.create(declaration);
      TestUploads.send(uploads, declaration, whole, 0);

      assertThat(((SqliteSessions) files.sessions()).listedAfter("", 10)).isEmpty();
    }
  }

  private FilesystemUploads open(Duration pause) {
    return FilesystemUploads.open(FilesystemConfig.of(root), Optional.of("boot"), pause);
  }

  private static void awaitEmptyList(SqliteSessions sessions) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!sessions.listedAfter("", 10).isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(5);
    }
  }
}
