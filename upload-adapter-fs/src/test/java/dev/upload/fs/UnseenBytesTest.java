package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.SocketSink;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that went from a socket into the file unseen, and a machine that ends without warning. */
class UnseenBytesTest {

  private static final int CELL = 1_000;

  @TempDir Path root;
  @TempDir Path cut;

  private final byte[] whole = Bytes.random(5 * CELL, 1);
  private final UploadDeclaration declaration = Sessions.grid(whole.length, CELL);

  @Test
  void whatIsNotForcedIsForgottenAfterAPowerCutEvenIfItIsThere() throws IOException {
    try (FilesystemUploads before = open(TestUploads.NEVER)) {
      send(TestUploads.uploads(before), 0, 3);
      TestUploads.send(TestUploads.uploads(before), declaration, whole, 1);
      PowerCut.copy(root, cut);
    }

    try (FilesystemUploads after = TestUploads.open(cut, "second boot")) {
      assertThat(session(after).received()).hasToString("1000-2000");
      UploadSession finished = TestUploads.sendAll(TestUploads.uploads(after), declaration, whole);
      assertThat(TestUploads.contentOf(TestUploads.uploads(after), finished)).isEqualTo(whole);
    }
  }

  @Test
  void whatIsForcedIsKept() throws Exception {
    try (FilesystemUploads before = open(Duration.ofMillis(5))) {
      send(TestUploads.uploads(before), 0, 3);
      while (!listed(before).isEmpty()) {
        Thread.sleep(5);
      }
      PowerCut.copy(root, cut);
    }

    try (FilesystemUploads after = TestUploads.open(cut, "second boot")) {
      assertThat(session(after).received()).hasToString("0-1000,3000-4000");
    }
  }

  @Test
  void aKilledProcessLosesNothing() throws IOException {
    try (FilesystemUploads before = open(TestUploads.NEVER)) {
      send(TestUploads.uploads(before), 0, 3);
      PowerCut.copy(root, cut);
    }

    try (FilesystemUploads after = TestUploads.open(cut, "first boot")) {
      assertThat(session(after).received()).hasToString("0-1000,3000-4000");
    }
  }

  private FilesystemUploads open(Duration forcePause) {
    OperatingSystem system =
        new OperatingSystem(new MemorySockets(whole, 0), Preallocation.NONE, Writeback.NONE);
    FilesystemConfig config = new FilesystemConfig(root, Durability.COMPLETED, 0, system);
    return FilesystemUploads.open(config, Optional.of("first boot"), forcePause);
  }

  private void send(Uploads uploads, int... cells) {
    uploads.create(declaration);
    for (int number : cells) {
      ByteRange cell = ((ChunkGrid) declaration.policy()).cell(number);
      uploads.receive(declaration.id(), Chunk.filling(cell), new InSocket(cell.length()));
    }
  }

  private UploadSession session(FilesystemUploads files) {
    return files.sessions().find(declaration.id()).orElseThrow();
  }

  private List<Fingerprint> listed(FilesystemUploads files) {
    return ((SqliteSessions) files.sessions()).listed(declaration.id());
  }

  /** A body of which every byte is still in its socket. */
  private record InSocket(long length) implements ChunkBody {

    @Override
    public long transferTo(WritableByteChannel sink) throws IOException {
      SocketSink socketSink = (SocketSink) sink;
      long lifted = socketSink.lift(0, length);
      socketSink.lower();
      return lifted;
    }

    @Override
    public boolean truncated() {
      return false;
    }

    @Override
    public void cut() {}
  }
}
