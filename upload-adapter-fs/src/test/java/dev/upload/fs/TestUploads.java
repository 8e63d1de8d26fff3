package dev.upload.fs;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Upload directories as the tests open them, and what they do with them. */
final class TestUploads {

  /** Longer than any test: nothing is forced behind its back. */
  static final Duration NEVER = Duration.ofDays(1);

  private TestUploads() {}

  /** Opens {@code root} in the named boot of the machine, with nothing forced in the background. */
  static FilesystemUploads open(Path root, String boot) {
    return open(root, boot, Durability.COMPLETED);
  }

  /** Opens {@code root} at another level in the same way. */
  static FilesystemUploads open(Path root, String boot, Durability durability) {
    return FilesystemUploads.open(
        new FilesystemConfig(root, durability, 0), Optional.of(boot), NEVER);
  }

  static Uploads uploads(FilesystemUploads files) {
    return Uploads.over(files.store(), files.sessions()).build();
  }

  /** Sends cell {@code number} of {@code whole}. */
  static UploadSession send(
      Uploads uploads, UploadDeclaration declaration, byte[] whole, int number) {
    ByteRange cell = ((ChunkGrid) declaration.policy()).cell(number);
    return uploads.receive(declaration.id(), Chunk.filling(cell), Bytes.body(whole, cell));
  }

  /** Begins an upload with its first cell. */
  static UploadSession begin(Uploads uploads, UploadDeclaration declaration, byte[] whole) {
    ByteRange cell = ((ChunkGrid) declaration.policy()).cell(0);
    return uploads.receive(declaration, Chunk.filling(cell), Bytes.body(whole, cell));
  }

  /** Sends every cell of {@code whole} that is missing. */
  static UploadSession sendAll(Uploads uploads, UploadDeclaration declaration, byte[] whole) {
    UploadSession session = uploads.create(declaration);
    for (int number = 0; number < ((ChunkGrid) declaration.policy()).count(); number++) {
      session = send(uploads, declaration, whole, number);
    }
    return session;
  }

  static byte[] contentOf(Uploads uploads, UploadSession session) {
    return Bytes.drain(uploads.read(session, ByteRange.at(0, session.offset())));
  }
}
