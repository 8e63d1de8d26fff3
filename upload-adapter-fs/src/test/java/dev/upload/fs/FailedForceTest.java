package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.Uploads;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import dev.upload.fs.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A system tells once that it could not write something, and forgets it then: a later force is no
 * proof.
 */
class FailedForceTest {

  private static final int CELL = 1_000;

  @TempDir Path directory;

  private final byte[] whole = Bytes.random(10 * CELL, 1);
  private final UploadDeclaration declaration = Sessions.grid(whole.length, CELL);
  private final List<UploadEvent> events = new ArrayList<>();
  private ForgetfulDisk disk;

  @BeforeEach
  void watchTheDisk() throws IOException {
    disk = new ForgetfulDisk(directory.toRealPath());
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "ACKNOWLEDGED"})
  void anUploadThatCouldNotBeForcedIsGivenUpAndMayBeginAnew(Durability durability) {
    try (FilesystemUploads files = open(durability)) {
      Uploads uploads = uploads(files);
      uploads.create(declaration);
      for (int cell = 0; cell < 9; cell++) {
        TestUploads.send(uploads, declaration, whole, cell);
      }

      disk.failNextForce();

      assertGone(uploads);
      assertThat(uploads.recorded(declaration.id())).isEmpty();
      assertThat(events.getLast()).isInstanceOf(UploadEvent.Lost.class);
      assertThat(directory.resolve("partial")).isEmptyDirectory();
      assertCanBeUploaded(uploads);
    }
  }

  @Test
  void aForceThatFailedInTheBackgroundIsNotForgottenByTheNextProcess() {
    try (FilesystemUploads files = open(Durability.COMPLETED)) {
      Uploads uploads = uploads(files);
      uploads.create(declaration);
      for (int cell = 0; cell < 9; cell++) {
        TestUploads.send(uploads, declaration, whole, cell);
      }
      disk.failNextForce(); // the end forces what is listed
    }

    try (FilesystemUploads files = open(Durability.COMPLETED)) {
      Uploads uploads = uploads(files);

      assertGone(uploads);
      assertCanBeUploaded(uploads);
    }
  }

  @Test
  void anInterruptIsNoFailureOfTheDisk() throws IOException {
    UploadFiles files = new UploadFiles(UploadDirectory.at(directory));
    UploadSession session = Sessions.open(declaration);

    try (FileChannel file = files.openForWriting(session)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> files.force(session.id(), file))
          .isInstanceOf(ClosedByInterruptException.class);
    }

    assertThat(Thread.interrupted()).isTrue();
    files.openForWriting(session).close(); // it is not given up
    assertThat(files.isUnfinished(session)).isTrue();
  }

  private void assertGone(Uploads uploads) {
    assertThatThrownBy(() -> TestUploads.send(uploads, declaration, whole, 9))
        .isInstanceOfSatisfying(
            UploadRejectedException.class,
            e -> assertThat(e.rejection()).isEqualTo(new Rejection.Gone()));
  }

  private void assertCanBeUploaded(Uploads uploads) {
    UploadSession session = TestUploads.sendAll(uploads, declaration, whole);
    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(TestUploads.contentOf(uploads, session)).isEqualTo(whole);
  }

  private FilesystemUploads open(Durability durability) {
    return FilesystemUploads.open(
        new FilesystemConfig(disk.root(), durability, 0), Optional.of("boot"), TestUploads.NEVER);
  }

  private Uploads uploads(FilesystemUploads files) {
    return Uploads.over(files.store(), files.sessions()).events(events::add).build();
  }
}
