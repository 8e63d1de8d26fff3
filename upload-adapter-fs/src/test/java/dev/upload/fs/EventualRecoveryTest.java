package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power cut leaves of completed uploads where nobody waited for the disk. */
class EventualRecoveryTest {

  private static final int CELL = 1_000;

  @TempDir Path root;
  @TempDir Path cut;

  private final byte[] whole = Bytes.random(10 * CELL, 1);
  private final UploadDeclaration declaration = Sessions.grid(whole.length, CELL);

  @Test
  void aCompletedUploadThatLostBytesAsksForJustThose() throws IOException {
    completeAndCut();
    PowerCut.spoil(finishedFile(), 4 * CELL + 10);

    try (FilesystemUploads after = open(cut, "second boot")) {
      UploadSession session = after.sessions().find(declaration.id()).orElseThrow();

      assertThat(after.recovery()).isEqualTo(new RecoveryReport(true, 10, 1, CELL, 1, 1));
      assertThat(session.state()).isEqualTo(UploadState.OPEN);
      assertThat(session.received()).hasToString("0-4000,5000-10000");
      assertThat(finishedFile()).doesNotExist();
      assertThat(partialFile()).exists();
      assertThat(finishedContent(after)).isEqualTo(whole);
    }
  }

  @Test
  void aCompletedUploadThatIsAllThereStaysComplete() throws IOException {
    completeAndCut();

    try (FilesystemUploads after = open(cut, "second boot")) {
      assertThat(after.recovery()).isEqualTo(new RecoveryReport(true, 10, 0, 0, 0, 0));
      assertComplete(after);
    }
    try (FilesystemUploads after = open(cut, "third boot")) {
      assertThat(after.recovery().rangesVerified()).isZero();
    }
  }

  @Test
  void aCompletedUploadWhoseNameWasLostGetsItAgain() throws IOException {
    completeAndCut();
    Files.move(finishedFile(), Files.createDirectories(cut.resolve("partial")).resolve(id()));

    try (FilesystemUploads after = open(cut, "second boot")) {
      assertThat(after.recovery().sessionsChanged()).isZero();
      assertThat(partialFile()).doesNotExist();
      assertComplete(after);
    }
  }

  @Test
  void aCompletedUploadWhoseNameWasLostAfterItsBytesWereForcedGetsItAgain() throws IOException {
    try (FilesystemUploads before = open(root, "first boot")) {
      SqliteSessions sessions = (SqliteSessions) before.sessions();
      Uploads uploads = TestUploads.uploads(before);
      uploads.create(declaration);
      for (int cell = 0; cell < 9; cell++) {
        TestUploads.send(uploads, declaration, whole, cell);
      }
      sessions.forced(sessions.listedAfter("", 10));
      TestUploads.send(uploads, declaration, whole, 9);
      PowerCut.copy(root, cut);
    }
    Files.move(finishedFile(), Files.createDirectories(cut.resolve("partial")).resolve(id()));

    try (FilesystemUploads after = open(cut, "second boot")) {
      assertThat(after.recovery().rangesVerified()).isEqualTo(1);
      assertComplete(after);
    }
  }

  @Test
  void aCompletedUploadWhoseFileIsGoneIsOpenAndEmpty() throws IOException {
    completeAndCut();
    Files.delete(finishedFile());

    try (FilesystemUploads after = open(cut, "second boot")) {
      assertThat(after.recovery().bytesLost()).isEqualTo(whole.length);
      assertThat(after.sessions().find(declaration.id()).orElseThrow().received().count()).isZero();
      assertThat(finishedContent(after)).isEqualTo(whole);
    }
  }

  @Test
  void aFileThatIsTooShortLacksItsEnd() throws IOException {
    completeAndCut();
    PowerCut.cutOff(finishedFile(), 9 * CELL + 1);

    try (FilesystemUploads after = open(cut, "second boot")) {
      assertThat(after.sessions().find(declaration.id()).orElseThrow().received())
          .hasToString("0-9000");
      assertThat(finishedContent(after)).isEqualTo(whole);
    }
  }

  @Test
  void anEmptyFileThatIsGoneIsAskedForAgain() throws IOException {
    UploadDeclaration empty = Sessions.grid(0, CELL);
    try (FilesystemUploads before = open(root, "first boot")) {
      TestUploads.sendAll(TestUploads.uploads(before), empty, new byte[0]);
      PowerCut.copy(root, cut);
    }
    Files.delete(cut.resolve("files").resolve(empty.destination().path()));

    try (FilesystemUploads after = open(cut, "second boot")) {
      assertThat(after.recovery().uploadsReopened()).isEqualTo(1);
      UploadSession session = TestUploads.sendAll(TestUploads.uploads(after), empty, new byte[0]);
      assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    }
  }

  @Test
  void aSmallUploadThatWasRecordedOnceIsVerifiedToo() throws IOException {
    UploadDeclaration small = Sessions.grid(CELL, CELL);
    try (FilesystemUploads before = open(root, "first boot")) {
      TestUploads.begin(TestUploads.uploads(before), small, whole);
      PowerCut.copy(root, cut);
    }
    PowerCut.spoil(cut.resolve("files").resolve(small.destination().path()), 10);

    try (FilesystemUploads after = open(cut, "second boot")) {
      assertThat(after.recovery()).isEqualTo(new RecoveryReport(true, 1, 1, CELL, 1, 1));
    }
  }

  @Test
  void aSecondPowerCutDuringTheRecoveryIsRecoveredFrom() throws IOException {
    completeAndCut();
    PowerCut.spoil(finishedFile(), 4 * CELL);
    // the file was taken back, but the record was not on the disk yet
    Files.move(finishedFile(), Files.createDirectories(cut.resolve("partial")).resolve(id()));

    try (FilesystemUploads after = open(cut, "third boot")) {
      assertThat(after.sessions().find(declaration.id()).orElseThrow().received())
          .hasToString("0-4000,5000-10000");
      assertThat(finishedContent(after)).isEqualTo(whole);
    }
  }

  @Test
  void anotherLevelVerifiesWhatThisOneLeft() throws IOException {
    completeAndCut();
    PowerCut.spoil(finishedFile(), 0);

    try (FilesystemUploads after = TestUploads.open(cut, "second boot", Durability.ACKNOWLEDGED)) {
      assertThat(after.recovery().uploadsReopened()).isEqualTo(1);
      assertThat(finishedContent(after)).isEqualTo(whole);
    }
  }

  @Test
  void nothingIsReadInTheSameBoot() throws IOException {
    completeAndCut();

    try (FilesystemUploads after = open(cut, "first boot")) {
      assertThat(after.recovery()).isEqualTo(RecoveryReport.NOT_NEEDED);
      assertComplete(after);
    }
  }

  private void completeAndCut() throws IOException {
    try (FilesystemUploads before = open(root, "first boot")) {
      TestUploads.sendAll(TestUploads.uploads(before), declaration, whole);
      PowerCut.copy(root, cut);
    }
  }

  private void assertComplete(FilesystemUploads files) {
    UploadSession session = files.sessions().find(declaration.id()).orElseThrow();
    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(TestUploads.contentOf(TestUploads.uploads(files), session)).isEqualTo(whole);
  }

  /** Sends what is missing, and returns what the finished file has. */
  private byte[] finishedContent(FilesystemUploads files) {
    Uploads uploads = TestUploads.uploads(files);
    return TestUploads.contentOf(uploads, TestUploads.sendAll(uploads, declaration, whole));
  }

  private static FilesystemUploads open(Path directory, String boot) {
    return TestUploads.open(directory, boot, Durability.EVENTUAL);
  }

  private Path finishedFile() {
    return cut.resolve("files").resolve(declaration.destination().path());
  }

  private Path partialFile() {
    return cut.resolve("partial").resolve(id());
  }

  private String id() {
    return declaration.id().value();
  }
}
