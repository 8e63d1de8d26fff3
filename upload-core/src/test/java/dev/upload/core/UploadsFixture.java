package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.core.testing.InMemoryChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.core.testing.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The use cases over memory, a clock that stands still, and a file of 1,000 bytes. */
abstract class UploadsFixture {

  final InMemoryChunkStore memory = new InMemoryChunkStore();
  final FaultyChunkStore store = new FaultyChunkStore(memory);
  final InMemorySessions sessions = new InMemorySessions();
  final List<UploadEvent> events = new CopyOnWriteArrayList<>();
  Instant now = Sessions.START;
  final Uploads uploads = uploads(new UploadLimits(1_000_000, 1_500, 2_500, 10_000));

  final byte[] whole = Bytes.random(1_000, 1);

  Uploads uploads(UploadLimits limits) {
    return Uploads.over(store, sessions)
        .events(events::add)
        .clock(() -> now)
        .limits(limits)
        .build();
  }

  UploadDeclaration wholeButFor(int missing) {
    UploadDeclaration declaration = Sessions.grid(1_000, 300);
    uploads.create(declaration);
    for (int cell = 0; cell < 3; cell++) {
      if (cell != missing) {
        receive(declaration, cell);
      }
    }
    return declaration;
  }

  UploadSession receive(UploadDeclaration declaration, int cell) {
    return receive(uploads, declaration, cell);
  }

  UploadSession receive(Uploads to, UploadDeclaration declaration, int cell) {
    Chunk chunk = cell(declaration, cell);
    return to.receive(declaration.id(), chunk, Bytes.body(whole, chunk.range()));
  }

  static Chunk cell(UploadDeclaration declaration, int cell) {
    return Chunk.filling(((ChunkGrid) declaration.policy()).cell(cell));
  }

  byte[] contentOf(UploadSession session) {
    return Bytes.drain(uploads.read(session, ByteRange.at(0, session.length().orElseThrow())));
  }

  static void assertRejected(ThrowingCallable call, Rejection rejection) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            UploadRejectedException.class, e -> assertThat(e.rejection()).isEqualTo(rejection));
  }
}
