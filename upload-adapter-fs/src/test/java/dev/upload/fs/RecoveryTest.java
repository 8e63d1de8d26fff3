package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.DigestCalculation;
import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.model.WholeDigests;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.RememberingDigests;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {

  private static final int CELL = 1_000;

  @TempDir Path root;
  @TempDir Path cut;
  @TempDir Path again;

  private final byte[] whole = Bytes.random(10 * CELL, 1);
  private final UploadDeclaration declaration = Sessions.grid(whole.length, CELL);

  @Test
  void forgetsOnlyWhatThePowerCutTook() throws IOException {
    try (FilesystemUploads before = TestUploads.open(root, "first boot")) {
      Uploads uploads = TestUploads.uploads(before);
      uploads.create(declaration);
      for (int cell : new int[] {0, 1, 4, 7}) {
        TestUploads.send(uploads, declaration, whole, cell);
      }
      copyTo(cut);
    }
    PowerCut.spoil(partialFile(), 4 * CELL + 10);

    try (FilesystemUploads after = TestUploads.open(cut, "second boot")) {
      UploadSession session = after.sessions().find(declaration.id()).orElseThrow();

      assertThat(after.recovery()).isEqualTo(new RecoveryReport(true, 4, 1, CELL, 1, 0));
      assertThat(session.received()).hasToString("0-2000,7000-8000");
      assertThat(finishedContent(after)).isEqualTo(whole);
    }
  }

  @Test
  void forgetsEverythingOfAFileThatIsGone() throws IOException {
    try (FilesystemUploads before = TestUploads.open(root, "first boot")) {
      Uploads uploads = TestUploads.uploads(before);
      uploads.create(declaration);
      TestUploads.send(uploads, declaration, whole, 0);
      TestUploads.send(uploads, declaration, whole, 5);
      copyTo(cut);
    }
    Files.delete(partialFile());

    try (FilesystemUploads after = TestUploads.open(cut, "second boot")) {
      assertThat(after.recovery().bytesLost()).isEqualTo(2 * CELL);
      assertThat(after.sessions().find(declaration.id()).orElseThrow().received().count()).isZero();
      assertThat(finishedContent(after)).isEqualTo(whole);
    }
  }

  @Test
  void opensAnUploadAgainThatWasWholeBeforeThePowerCut() throws IOException {
    try (FilesystemUploads before = TestUploads.open(root, "first boot")) {
      before.sessions().insert(Sessions.open(declaration));
      UploadSession session = written(before, Sessions.open(declaration));
      assertThat(session.state()).isEqualTo(UploadState.ASSEMBLING);
      before.sessions().replace(session.asVersion(2));
      copyTo(cut);
    }
    PowerCut.spoil(partialFile(), 9 * CELL);

    try (FilesystemUploads after = TestUploads.open(cut, "second boot")) {
      UploadSession session = after.sessions().find(declaration.id()).orElseThrow();

      assertThat(session.state()).isEqualTo(UploadState.OPEN);
      assertThat(session.received()).hasToString("0-9000");
      assertThat(finishedContent(after)).isEqualTo(whole);
    }
  }

  @Test
  void beginsAnUploadAnewWhoseDigestCannotGoBackToWhatIsLeft() throws IOException {
    UploadDeclaration digested =
        Sessions.append(whole.length)
            .withDigests(new WholeDigests(Set.of(DigestAlgorithm.SHA256), List.of()));
    try (FilesystemUploads before = TestUploads.open(root, "first boot")) {
      Uploads uploads = digesting(before);
      uploads.create(digested);
      append(uploads, digested, 0, 4 * CELL);
      append(uploads, digested, 4 * CELL, 8 * CELL);
      copyTo(cut);
    }
    PowerCut.spoil(cut.resolve("partial").resolve(digested.id().value()), 6 * CELL);

    try (FilesystemUploads after = TestUploads.open(cut, "second boot")) {
      assertThat(after.sessions().find(digested.id()).orElseThrow().offset()).isZero();
      Uploads uploads = digesting(after);
      UploadSession session = append(uploads, digested, 0, whole.length);

      DigestCalculation expected = DigestCalculation.of(DigestAlgorithm.SHA256);
      expected.update(ByteBuffer.wrap(whole));
      assertThat(session.digests()).containsExactly(expected.digest());
      assertThat(TestUploads.contentOf(uploads, session)).isEqualTo(whole);
    }
  }

  private static Uploads digesting(FilesystemUploads files) {
    return Uploads.over(files.store(), files.sessions()).digests(new RememberingDigests()).build();
  }

  private UploadSession append(Uploads uploads, UploadDeclaration declaration, int from, int to) {
    ByteRange range = new ByteRange(from, to);
    return uploads.receive(declaration.id(), Chunk.filling(range), Bytes.body(whole, range));
  }

  @Test
  void trustsThePageCacheOfTheSameBoot() throws IOException {
    try (FilesystemUploads before = TestUploads.open(root, "first boot")) {
      Uploads uploads = TestUploads.uploads(before);
      uploads.create(declaration);
      TestUploads.send(uploads, declaration, whole, 0);
      copyTo(cut);
    }

    try (FilesystemUploads after = TestUploads.open(cut, "first boot")) {
      assertThat(after.recovery()).isEqualTo(RecoveryReport.NOT_NEEDED);
    }
  }

  @Test
  void verifiesOnceWhatWasLeftOfSeveralKilledProcesses() throws IOException {
    try (FilesystemUploads before = TestUploads.open(root, "first boot")) {
      Uploads uploads = TestUploads.uploads(before);
      uploads.create(declaration);
      TestUploads.send(uploads, declaration, whole, 0);
      copyTo(cut);
    }
    try (FilesystemUploads before = TestUploads.open(cut, "first boot")) {
      TestUploads.send(TestUploads.uploads(before), declaration, whole, 3);
      PowerCut.copy(cut, again);
    }

    try (FilesystemUploads after = TestUploads.open(again, "second boot")) {
      assertThat(after.recovery().rangesVerified()).isEqualTo(2);
    }
    try (FilesystemUploads after = TestUploads.open(again, "third boot")) {
      assertThat(after.recovery().rangesVerified()).isZero();
    }
  }

  @Test
  void findsNothingToVerifyAfterAnOrderlyEnd() {
    try (FilesystemUploads before = TestUploads.open(root, "first boot")) {
      Uploads uploads = TestUploads.uploads(before);
      uploads.create(declaration);
      TestUploads.send(uploads, declaration, whole, 0);
    }

    try (FilesystemUploads after = TestUploads.open(root, "second boot")) {
      assertThat(after.recovery()).isEqualTo(new RecoveryReport(true, 0, 0, 0, 0, 0));
    }
  }

  @Test
  void listsNothingOfAFinishedUpload() throws IOException {
    try (FilesystemUploads before = TestUploads.open(root, "first boot")) {
      TestUploads.sendAll(TestUploads.uploads(before), declaration, whole);
      copyTo(cut);
    }

    try (FilesystemUploads after = TestUploads.open(cut, "second boot")) {
      assertThat(after.recovery().rangesVerified()).isZero();
    }
  }

  @Test
  void takesAFileBackWhoseRecordIsOlderThanItsName() throws IOException {
    UploadSession whenHalf;
    try (FilesystemUploads before = TestUploads.open(root, "first boot")) {
      Uploads uploads = TestUploads.uploads(before);
      uploads.create(declaration);
      TestUploads.send(uploads, declaration, whole, 0);
      whenHalf = TestUploads.send(uploads, declaration, whole, 1);
      UploadSession session = TestUploads.sendAll(uploads, declaration, whole);
      assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
      // the disk has the renamed file, but the database's log only up to the second cell
      before.sessions().delete(session);
      before.sessions().insert(whenHalf);
    }

    try (FilesystemUploads after = TestUploads.open(root, "second boot")) {
      byte[] content = finishedContent(after);

      assertThat(content).isEqualTo(whole);
    }
  }

  private UploadSession written(FilesystemUploads files, UploadSession session) {
    ByteRange all = new ByteRange(0, whole.length);
    UploadSession next = session;
    for (int start = 0; start < whole.length; start += CELL) {
      ByteRange cell = ByteRange.at(start, CELL);
      var stored = files.store().write(session, Chunk.filling(cell), Bytes.body(whole, cell));
      next = next.received(cell, stored.notes(), Sessions.START);
    }
    assertThat(next.received().covers(all)).isTrue();
    return next;
  }

  /** Sends what is missing, and returns what the finished file has. */
  private byte[] finishedContent(FilesystemUploads files) {
    Uploads uploads = TestUploads.uploads(files);
    return TestUploads.contentOf(uploads, TestUploads.sendAll(uploads, declaration, whole));
  }

  private Path partialFile() {
    return cut.resolve("partial").resolve(declaration.id().value());
  }

  private void copyTo(Path target) throws IOException {
    PowerCut.copy(root, target);
  }
}
