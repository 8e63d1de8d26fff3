package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Destination;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies where, and what happens when it does not. */
class UploadFilesTest {

  private static final int LENGTH = 5_000;

  @TempDir Path temp;
  private Path root;
  private Path outside;
  private FilesystemUploads files;
  private Uploads uploads;

  private final byte[] whole = Bytes.random(LENGTH, 1);
  private final UploadDeclaration declaration = Sessions.grid(LENGTH, 1_000);

  @BeforeEach
  void open() throws IOException {
    root = temp.resolve("root");
    outside = Files.createDirectory(temp.resolve("outside"));
    files = TestUploads.open(root, "boot");
    uploads = TestUploads.uploads(files);
  }

  @AfterEach
  void close() {
    files.close();
  }

  @Test
  void showsTheFinishedFileUnderItsDestinationAndNothingElse() throws IOException {
    UploadSession session = TestUploads.sendAll(uploads, declaration, whole);

    assertThat(Files.readAllBytes(finishedFile())).isEqualTo(whole);
    assertThat(root.resolve("partial")).isEmptyDirectory();
    assertThat(session.notes().entries()).isEmpty();
  }

  @Test
  void keepsEverythingToTheOwner() throws IOException {
    uploads.create(declaration);
    TestUploads.send(uploads, declaration, whole, 0);
    TestUploads.sendAll(uploads, Sessions.grid(10, 10), whole);

    try (Stream<Path> paths = Files.walk(root)) {
      assertThat(paths.map(UploadFilesTest::permissions))
          .hasSizeGreaterThan(7)
          .containsOnly("rwx------", "rw-------");
    }
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void goesOnWhereAnAssemblyStoppedAfterItsDirectory() throws IOException {
    UploadSession session = written();

    Files.createDirectory(finishedFile().getParent());
    files.store().assemble(session);

    assertThat(Files.readAllBytes(finishedFile())).isEqualTo(whole);
  }

  @Test
  void goesOnWhereAnAssemblyStoppedAfterItsRename() throws IOException {
    UploadSession session = written();

    Files.createDirectory(finishedFile().getParent());
    Files.move(partialFile(), finishedFile(), StandardCopyOption.ATOMIC_MOVE);
    files.store().assemble(session);

    assertThat(Files.readAllBytes(finishedFile())).isEqualTo(whole);
  }

  @Test
  void finishesNothingWhoseBytesAreGone() throws IOException {
    UploadSession session = written();

    Files.delete(partialFile());

    assertThatThrownBy(() -> files.store().assemble(session))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining(session.id().value());
    assertThat(finishedFile()).doesNotExist();
  }

  @Test
  void finishesNothingThatIsTooShort() throws IOException {
    UploadSession session = written();

    Files.write(partialFile(), Bytes.slice(whole, new ByteRange(0, LENGTH - 1)));

    assertThatThrownBy(() -> files.store().assemble(session))
        .isInstanceOf(StorageUnavailableException.class);
    assertThat(finishedFile()).doesNotExist();
  }

  @Test
  void cutsOffWhatARefusedChunkLeftBehindTheEnd() throws IOException {
    UploadDeclaration unknown = Sessions.appendOfUnknownLength();
    UploadSession session = uploads.create(unknown);

    files.store().write(session, Chunk.openEnded(0), Bytes.body(Bytes.random(700, 9)));
    files
        .store()
        .assemble(session.received(new ByteRange(0, 500), session.notes(), Sessions.START));

    assertThat(finishedFile(unknown)).hasSize(500);
  }

  @Test
  void writesNothingThroughALinkBelowTheFinishedFiles() throws IOException {
    UploadSession session = written();

    Files.createSymbolicLink(finishedFile().getParent(), outside);

    assertThatThrownBy(() -> files.store().assemble(session))
        .isInstanceOf(StorageUnavailableException.class);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void readsAndDeletesNothingThroughALink() throws IOException {
    UploadSession session = TestUploads.sendAll(uploads, declaration, whole);
    Path secret = Files.write(outside.resolve(finishedFile().getFileName()), whole);

    Files.delete(finishedFile());
    Files.delete(finishedFile().getParent());
    Files.createSymbolicLink(finishedFile().getParent(), outside);

    assertThatThrownBy(() -> files.store().read(session, new ByteRange(0, 10)))
        .isInstanceOf(StorageUnavailableException.class);
    assertThatThrownBy(() -> files.store().discard(session))
        .isInstanceOf(StorageUnavailableException.class);
    assertThat(secret).exists();
  }

  @Test
  void readsNoFileThatIsALink() throws IOException {
    UploadSession session = TestUploads.sendAll(uploads, declaration, whole);
    Path secret = Files.write(outside.resolve("secret"), whole);

    Files.delete(finishedFile());
    Files.createSymbolicLink(finishedFile(), secret);

    assertThatThrownBy(() -> files.store().read(session, new ByteRange(0, 10)))
        .isInstanceOf(StorageUnavailableException.class);
  }

  @Test
  void writesNoPartialFileThatIsALink() throws IOException {
    UploadSession session = uploads.create(declaration);
    Path victim = Files.writeString(outside.resolve("victim"), "precious");

    Files.createSymbolicLink(partialFile(), victim);

    assertThatThrownBy(() -> TestUploads.send(uploads, declaration, whole, 0))
        .isInstanceOf(StorageUnavailableException.class);
    assertThat(victim).hasContent("precious");
    assertThat(session.id()).isEqualTo(declaration.id());
  }

  @Test
  void refusesADirectoryWhosePartsAreLinks() throws IOException {
    Path other = Files.createDirectory(temp.resolve("other"));
    Files.createSymbolicLink(other.resolve("files"), outside);

    assertThatThrownBy(() -> TestUploads.open(other, "boot"))
        .isInstanceOf(DirectoryUnusableException.class)
        .hasMessageContaining("files");
  }

  @Test
  void freesAnUnfinishedUploadWholly() {
    uploads.create(declaration);
    TestUploads.send(uploads, declaration, whole, 0);

    uploads.cancel(declaration.id());

    assertThat(root.resolve("partial")).isEmptyDirectory();
    assertThat(root.resolve("files")).isEmptyDirectory();
  }

  @Test
  void freesAFinishedUploadAndItsDirectoriesButNoNeighbour() throws IOException {
    UploadSession inFolders = in("2026/a/b/one.bin");
    UploadSession neighbour = in("2026/a/two.bin");
    files.store().assemble(inFolders);
    files.store().assemble(neighbour);

    files.store().discard(inFolders);
    files.store().discard(inFolders);

    assertThat(root.resolve("files/2026/a/b")).doesNotExist();
    assertThat(root.resolve("files/2026/a/two.bin")).exists();
  }

  @Test
  void finishesIntoDirectoriesThatOthersAreJustRemoving() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> churn =
          Stream.iterate(0, i -> i + 1)
              .limit(8)
              .<Future<?>>map(
                  worker ->
                      threads.submit(
                          () -> {
                            for (int i = 0; i < 50; i++) {
                              UploadSession session = in("shared/day/%d-%d".formatted(worker, i));
                              files.store().assemble(session);
                              files.store().discard(session);
                            }
                          }))
              .toList();
      for (var worker : churn) {
        worker.get();
      }
    }

    assertThat(root.resolve("files")).isEmptyDirectory();
  }

  /** Returns a whole upload of one byte, to be finished at {@code path}. */
  private UploadSession in(String path) {
    UploadDeclaration plain = Sessions.grid(1, 1);
    UploadDeclaration elsewhere =
        new UploadDeclaration(
            plain.id(),
            plain.owner(),
            plain.policy(),
            plain.length(),
            plain.metadata(),
            new Destination(path),
            plain.createdAt());
    UploadSession session = Sessions.open(elsewhere);
    ByteRange all = new ByteRange(0, 1);
    files.store().write(session, Chunk.filling(all), Bytes.body(whole, all));
    return Sessions.whole(session);
  }

  /** Returns the upload as it is when its assembly begins. */
  private UploadSession written() {
    UploadSession session = uploads.create(declaration);
    ByteRange all = new ByteRange(0, LENGTH);
    files.store().write(session, Chunk.filling(all), Bytes.body(whole, all));
    return Sessions.whole(session);
  }

  private Path partialFile() {
    return root.resolve("partial").resolve(declaration.id().value());
  }

  private Path finishedFile() {
    return finishedFile(declaration);
  }

  private Path finishedFile(UploadDeclaration upload) {
    return root.resolve("files").resolve(upload.destination().path());
  }
}
