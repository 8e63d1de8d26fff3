package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AppendedUploadsTest extends UploadsFixture {

  @Test
  void anUploadOfNoBytesIsCompleteAtOnce() {
    UploadSession session = uploads.create(Sessions.append(0));

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEmpty();
    assertThat(events)
        .hasExactlyElementsOfTypes(UploadEvent.Created.class, UploadEvent.Completed.class);
  }

  @Test
  void theLengthMayBeSaidBeforeTheLastByte() {
    UploadId id = uploads.create(Sessions.appendOfDeferredLength()).id();
    append(id, 0, 600);

    assertThat(uploads.declareLength(id, 1_000).state()).isEqualTo(UploadState.OPEN);
    UploadSession session = append(id, 600, 1_000);

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void theLengthMayBeSaidAfterTheLastByte() {
    UploadId id = uploads.create(Sessions.appendOfDeferredLength()).id();
    assertThat(append(id, 0, 1_000).state()).isEqualTo(UploadState.OPEN);

    UploadSession session = uploads.declareLength(id, 1_000);

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEqualTo(whole);
    assertThat(uploads.declareLength(id, 1_000)).isEqualTo(session);
  }

  @Test
  void theLengthIsSaidOnceAndNeverBelowWhatIsThere() {
    UploadId id = uploads.create(Sessions.appendOfDeferredLength()).id();
    append(id, 0, 600);

    assertRejected(
        () -> uploads.declareLength(id, 599),
        new Rejection.Inconsistent("Upload-Length", "600 bytes are here already"));
    assertRejected(
        () -> uploads.declareLength(id, 1_000_001),
        new Rejection.TooLarge("Upload-Length", 1_000_000, 1_000_001));
    uploads.declareLength(id, 900);
    assertRejected(
        () -> uploads.declareLength(id, 901),
        new Rejection.Inconsistent("Upload-Length", "it is 900 already"));
  }

  @Test
  void anEndlessBodyIsBoundedByTheLimitOfAnAppend() {
    UploadId id = uploads.create(Sessions.appendOfDeferredLength()).id();

    assertRejected(
        () -> uploads.receive(id, Chunk.openEnded(0), Bytes.body(Bytes.random(2_501, 1))),
        new Rejection.TooLarge("body", 2_500, 2_501));

    assertThat(uploads.describe(id).orElseThrow().offset()).isZero();
  }

  @Test
  void whoeverSettlesAnUploadEndsItsSenderAndKeepsWhatCame() throws Exception {
    UploadDeclaration declaration = Sessions.append(1_000);
    uploads.create(declaration);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Halting sender = new Halting();
      Future<UploadSession> stale =
          threads.submit(
              () -> uploads.receive(declaration.id(), Chunk.openEnded(0), sender.body()));
      sender.send(Bytes.slice(whole, new ByteRange(0, 400)));

      long offset = uploads.settle(declaration.id()).orElseThrow().offset();
      UploadSession session =
          uploads.receive(
              declaration.id(),
              Chunk.openEnded(offset),
              Bytes.body(whole, new ByteRange(offset, 1_000)));

      assertThat(offset).isEqualTo(400);
      assertThat(stale.get().offset()).isEqualTo(400);
      assertThat(contentOf(session)).isEqualTo(whole);
    }
  }

  @Test
  void aFinishedUploadCanBeTakenAway() {
    UploadId id = uploads.create(Sessions.append(1_000)).id();
    append(id, 0, 1_000);

    uploads.remove(id);

    assertThat(uploads.describe(id)).isEmpty();
    assertThat(memory.isEmpty()).isTrue();
    assertThat(events.getLast()).isInstanceOf(UploadEvent.Removed.class);
  }

  @Test
  void anUnfinishedUploadIsGivenUpByTakingItAway() {
    UploadId id = uploads.create(Sessions.append(1_000)).id();
    append(id, 0, 10);

    uploads.remove(id);

    assertThat(uploads.describe(id)).isEmpty();
    assertThat(memory.isEmpty()).isTrue();
    assertThat(events.getLast()).isInstanceOf(UploadEvent.Cancelled.class);
  }

  @Test
  void anUploadThatCannotBeFinishedCanBeTakenAway() {
    UploadId id = uploads.create(Sessions.append(1_000)).id();
    store.failAssemblies(100);
    assertThatThrownBy(() -> append(id, 0, 1_000)).isInstanceOf(StorageUnavailableException.class);

    uploads.remove(id);

    assertThat(uploads.describe(id)).isEmpty();
    assertThat(memory.isEmpty()).isTrue();
    assertThat(events.getLast()).isInstanceOf(UploadEvent.Cancelled.class);
  }

  private UploadSession append(UploadId id, int from, int to) {
    return uploads.receive(id, Chunk.openEnded(from), Bytes.body(whole, new ByteRange(from, to)));
  }

  /** Sends something, and then nothing more, until it is cut. */
  private static final class Halting {

    private final PipedOutputStream out = new PipedOutputStream();
    private final PipedInputStream in;

    Halting() throws IOException {
      in = new PipedInputStream(out, 4_096);
    }

    void send(byte[] bytes) throws Exception {
      out.write(bytes);
      out.flush();
      while (in.available() > 0) {
        Thread.sleep(1);
      }
    }

    ChunkBody body() {
      ChunkBody piped = ChunkBody.of(in);
      return new ChunkBody() {
        @Override
        public long transferTo(java.nio.channels.WritableByteChannel sink) throws IOException {
          return piped.transferTo(sink);
        }

        @Override
        public boolean truncated() {
          return piped.truncated();
        }

        @Override
        public void cut() {
          piped.cut();
          try {
            out.close();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
      };
    }
  }
}
