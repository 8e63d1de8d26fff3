package dev.upload.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ChunkStore;

/** What a use case does around a store, in short. */
public abstract class StoreSteps {

  /** Returns the store under test, the same one during a test. */
  protected abstract ChunkStore store();

  /** Tells whether the store has nothing at all, neither finished nor unfinished. */
  protected abstract boolean isEmpty();

  protected UploadSession opened(UploadDeclaration declaration) {
    UploadSession unopened = Sessions.open(declaration);
    return UploadSession.opened(declaration, store().open(unopened));
  }

  protected UploadSession write(UploadSession session, byte[] whole, ByteRange range) {
    ChunkBody body = Bytes.body(whole, range);
    return recorded(session, range, store().write(session, Chunk.filling(range), body));
  }

  /** Appends the next {@code upTo} bytes of {@code whole}, or as many as there are. */
  protected UploadSession append(UploadSession session, byte[] whole, int upTo) {
    int from = Math.toIntExact(session.offset());
    int to = Math.min(whole.length, from + upTo);
    ChunkBody body = Bytes.body(whole, new ByteRange(from, to));
    StoredChunk stored = store().write(session, Chunk.openEnded(from), body);
    return recorded(session, new ByteRange(from, to), stored);
  }

  protected static UploadSession recorded(
      UploadSession session, ByteRange expected, StoredChunk stored) {
    assertThat(stored.length()).isEqualTo(expected.length());
    return session.received(expected, stored.notes(), Sessions.START);
  }

  protected UploadSession assembled(UploadSession session) {
    return session.completed(store().assemble(session), Sessions.START);
  }

  protected byte[] contentOf(UploadSession session) {
    return Bytes.drain(store().read(session, ByteRange.at(0, session.received().total())));
  }
}
