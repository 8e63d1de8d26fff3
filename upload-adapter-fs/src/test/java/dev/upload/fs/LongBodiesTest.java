package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Sessions;
import dev.upload.fs.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongBodiesTest {

  private static final long MIB = 1024 * 1024;

  @TempDir Path root;

  private final AtomicInteger wakes = new AtomicInteger();
  private final UploadId id = Sessions.newId();

  @Test
  void areForcedAfterEvery64MebibytesAndNotBefore() throws IOException {
    LongBodies bodies = bodies();
    LongConsumer progress = bodies.follow(id, 100 * MIB);

    progress.accept(163 * MIB);
    assertThat(wakes).hasValue(0);
    progress.accept(165 * MIB);
    progress.accept(200 * MIB);
    assertThat(wakes).hasValue(1);
    progress.accept(229 * MIB);

    assertThat(wakes).hasValue(2);
  }

  @Test
  void aForceThatFailsSpoilsTheFileLikeAnyOther() throws IOException {
    ForgetfulDisk disk = new ForgetfulDisk(root.toRealPath());
    UploadDirectory directory = UploadDirectory.at(disk.root());
    UploadFiles files = new UploadFiles(directory);
    LongBodies bodies = new LongBodies(files);
    UploadSession session = Sessions.open(Sessions.grid(100 * MIB, 100 * MIB));
    files.openForWriting(session).close();
    bodies.follow(session.id(), 0).accept(64 * MIB);

    disk.failNextForce();
    bodies.run();

    assertThat(directory.partial(session.id())).doesNotExist();
    assertThatThrownBy(() -> files.openForWriting(session)).isInstanceOf(SpoiltFileException.class);
  }

  @Test
  void aFileThatIsFinishedMeanwhileIsLeftAlone() throws IOException {
    LongBodies bodies = bodies();
    bodies.follow(id, 0).accept(64 * MIB);

    bodies.run();

    assertThat(root.resolve("partial")).isEmptyDirectory();
  }

  private LongBodies bodies() throws IOException {
    LongBodies bodies = new LongBodies(new UploadFiles(UploadDirectory.at(root)));
    bodies.onAsked(wakes::incrementAndGet);
    return bodies;
  }
}
