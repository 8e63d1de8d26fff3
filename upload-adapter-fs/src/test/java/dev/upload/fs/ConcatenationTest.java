package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a power cut makes of uploads that are made of others. */
class ConcatenationTest {

  private static final int MIB = 1024 * 1024;
  private static final int FIRST = 20 * MIB;

  @TempDir Path root;
  @TempDir Path cut;

  private final byte[] whole = Bytes.random(FIRST + 300, 1);

  /** Where copies are forced nothing has to be verified; where they are not, all of it is. */
  @ParameterizedTest
  @EnumSource(Durability.class)
  void aPowerCutRightBehindACopyIsNoticedOrSurvived(Durability durability) throws IOException {
    UploadDeclaration declaration;
    try (FilesystemUploads before = TestUploads.open(root, "first boot", durability)) {
      declaration = withFirstPartCopied(before);
      PowerCut.copy(root, cut);
    }
    PowerCut.spoil(partialFile(declaration), 17 * MIB);

    try (FilesystemUploads after = TestUploads.open(cut, "second boot", durability)) {
      UploadSession session = after.sessions().find(declaration.id()).orElseThrow();

      assertThat(session.received())
          .hasToString(durability == Durability.EVENTUAL ? "0-16777216" : "0-20971520");
    }
  }

  @Test
  void whatAPowerCutTookIsCopiedAgain() throws IOException {
    UploadDeclaration declaration;
    try (FilesystemUploads before = TestUploads.open(root, "first boot", Durability.EVENTUAL)) {
      declaration = withFirstPartCopied(before);
      PowerCut.copy(root, cut);
    }
    PowerCut.spoil(partialFile(declaration), 17 * MIB);

    try (FilesystemUploads after = TestUploads.open(cut, "second boot", Durability.EVENTUAL)) {
      Uploads uploads = TestUploads.uploads(after);
      UploadSession session = uploads.describe(declaration.id()).orElseThrow();

      assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
      assertThat(TestUploads.contentOf(uploads, session)).isEqualTo(whole);
    }
  }

  @Test
  void aCopyThatWouldEatUpTheReserveIsRefused() {
    UploadSession source;
    UploadDeclaration declaration;
    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      source = part(TestUploads.uploads(files), 0, 300);
      declaration = Sessions.concatenation(List.of(source.id()));
    }
    FilesystemConfig full = new FilesystemConfig(root, Durability.COMPLETED, Long.MAX_VALUE / 2);

    try (FilesystemUploads files = FilesystemUploads.open(full)) {
      UploadSession target = Sessions.open(declaration).withLength(300, Sessions.START);

      assertThatThrownBy(() -> files.store().copy(target, 0, source))
          .isInstanceOfSatisfying(
              UploadRejectedException.class,
              e -> assertThat(e.rejection()).isInstanceOf(Rejection.StorageFull.class));
      assertThat(partialOf(root, declaration.id())).doesNotExist();
    }
  }

  @Test
  void aSourceWhoseBytesAreGoneIsAFault() throws IOException {
    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      UploadSession source = part(TestUploads.uploads(files), 0, 300);
      UploadSession target =
          Sessions.open(Sessions.concatenation(List.of(source.id())))
              .withLength(300, Sessions.START);
      PowerCut.cutOff(partialOf(root, source.id()), 200);

      assertThatThrownBy(() -> files.store().copy(target, 0, source))
          .isInstanceOf(StorageUnavailableException.class)
          .hasMessageContaining(target.id().value());

      Files.delete(partialOf(root, source.id()));
      assertThatThrownBy(() -> files.store().copy(target, 0, source))
          .isInstanceOf(StorageUnavailableException.class);
    }
  }

  /** Returns a concatenation of two parts, the first of which is copied and recorded. */
  private UploadDeclaration withFirstPartCopied(FilesystemUploads files) {
    Uploads uploads = TestUploads.uploads(files);
    UploadSession first = part(uploads, 0, FIRST);
    UploadSession second = part(uploads, FIRST, whole.length);
    UploadDeclaration declaration = Sessions.concatenation(List.of(first.id(), second.id()));
    UploadSession target = Sessions.open(declaration);
    files.sessions().insert(target);
    target = target.withLength(whole.length, Sessions.START).asVersion(2);
    files.sessions().replace(target);
    StoredChunk stored = files.store().copy(target, 0, first);
    files
        .sessions()
        .replace(target.received(ByteRange.at(0, FIRST), stored.notes(), Sessions.START));
    return declaration;
  }

  private UploadSession part(Uploads uploads, int from, int to) {
    UploadDeclaration declaration = Sessions.partial(to - from);
    uploads.create(declaration);
    return uploads.receive(
        declaration.id(), Chunk.openEnded(0), Bytes.body(whole, new ByteRange(from, to)));
  }

  private Path partialFile(UploadDeclaration declaration) {
    return partialOf(cut, declaration.id());
  }

  private static Path partialOf(Path root, UploadId id) {
    return root.resolve("partial").resolve(id.value());
  }
}
