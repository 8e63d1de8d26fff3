package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.model.AppendOnly;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a power cut left in {@code directory}.
 *
 * @param acknowledged what clients had been told by then
 */
record PowerLoss(Path directory, Map<UploadDeclaration, UploadSession> acknowledged) {

  /** Returns what the upload consists of. */
  static byte[] content(UploadDeclaration declaration) {
    return Bytes.random(
        (int) declaration.length().orElseThrow(), declaration.id().value().hashCode());
  }

  /** Starts again in another boot, and holds what is recorded against the files. */
  void assertRecovered(Durability durability) throws IOException {
    FilesystemConfig config = new FilesystemConfig(directory, durability, 0);
    try (FilesystemUploads files =
        FilesystemUploads.open(config, Optional.of("second boot"), TestUploads.NEVER)) {
      for (Map.Entry<UploadDeclaration, UploadSession> told : acknowledged.entrySet()) {
        Optional<UploadSession> session = files.sessions().find(told.getKey().id());
        if (session.isPresent()) {
          assertHasWhatItClaims(session.get());
        }
        assertKept(told.getValue(), session, durability);
        assertCanBeFinished(TestUploads.uploads(files), told.getKey());
      }
    }
  }

  private void assertHasWhatItClaims(UploadSession session) throws IOException {
    Path finished = directory.resolve("files").resolve(session.destination().path());
    Path partial = directory.resolve("partial").resolve(session.id().value());
    for (ByteRange range : session.received().asList()) {
      Path file =
          session.state() == UploadState.COMPLETE || !Files.exists(partial) ? finished : partial;
      assertThat(read(file, range))
          .as("%s of %s in %s", range, session, directory)
          .isEqualTo(Bytes.slice(content(session.declaration()), range));
    }
  }

  private static byte[] read(Path file, ByteRange range) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) range.length());
    try (FileChannel channel = FileChannel.open(file)) {
      while (bytes.hasRemaining() && channel.read(bytes, range.start() + bytes.position()) >= 0) {
        // until it is full, or the file ends
      }
    }
    return bytes.array();
  }

  private static void assertKept(
      UploadSession told, Optional<UploadSession> found, Durability durability) {
    boolean complete = told.state() == UploadState.COMPLETE;
    switch (durability) {
      case EVENTUAL -> {}
      case COMPLETED -> {
        if (complete) {
          assertThat(found).map(UploadSession::state).hasValue(UploadState.COMPLETE);
        }
      }
      case ACKNOWLEDGED -> {
        UploadSession session = found.orElseThrow();
        told.received()
            .asList()
            .forEach(range -> assertThat(session.received().covers(range)).isTrue());
        assertThat(session.state() == UploadState.COMPLETE).isEqualTo(complete);
      }
    }
  }

  /** Goes on as a client does that asks first. */
  private static void assertCanBeFinished(Uploads uploads, UploadDeclaration declaration) {
    byte[] whole = content(declaration);
    UploadSession unused = uploads.create(declaration);
    UploadSession session = uploads.describe(declaration.id()).orElseThrow();
    if (declaration.policy() instanceof ChunkGrid) {
      session = TestUploads.sendAll(uploads, declaration, whole);
    } else if (declaration.policy() instanceof AppendOnly
        && session.state() != UploadState.COMPLETE) {
      ByteRange rest = new ByteRange(session.offset(), whole.length);
      session = uploads.receive(declaration.id(), Chunk.filling(rest), Bytes.body(whole, rest));
    }
    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(TestUploads.contentOf(uploads, session)).isEqualTo(whole);
  }
}
