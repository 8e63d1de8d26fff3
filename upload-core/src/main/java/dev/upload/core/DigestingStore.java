package dev.upload.core;

import dev.upload.core.model.Chunk;
import dev.upload.core.model.Digest;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ChunkStore;
import java.time.Instant;
import java.util.List;

/** Writes chunks and assembles wholes, with the digests that their uploads ask for. */
final class DigestingStore {

  private final ChunkStore store;
  private final WholeDigesting digests;

  DigestingStore(ChunkStore store, WholeDigesting digests) {
    this.store = store;
    this.digests = digests;
  }

  /** Returns the store itself. */
  ChunkStore store() {
    return store;
  }

  /** Begins to write to {@code session}, one piece behind the other. */
  Writing begin(UploadSession session) {
    return new Writing(digests.running(session));
  }

  /** Writes the bytes of one request. For one thread. */
  final class Writing {

    private final RunningDigests running;

    private Writing(RunningDigests running) {
      this.running = running;
    }

    /** Returns what is durable of {@code body}, and not yet recorded. */
    WrittenChunk write(UploadSession session, Chunk chunk, ChunkBody body) {
      StoredChunk stored = store.write(session, chunk, running.over(body));
      return new WrittenChunk(chunk, stored, running.progress(chunk.offset() + stored.length()));
    }
  }

  /** What is to be recorded of a whole that is visible. */
  record Assembled(StoreNotes notes, List<Digest> digests) {

    /** Returns {@code session} as it is complete. */
    UploadSession in(UploadSession session, Instant now) {
      UploadSession digested = digests.isEmpty() ? session : session.digested(digests);
      return digested.completed(notes, now);
    }
  }

  /**
   * Makes the whole of {@code session} visible.
   *
   * @throws UploadRejectedException with {@code DigestMismatch} if it has another digest than the
   *     one expected, and will never be visible
   */
  Assembled assemble(UploadSession session) {
    List<Digest> made = digests.made(session);
    for (Digest expected : session.declaration().digests().expected()) {
      if (!made.contains(expected)) {
        throw new UploadRejectedException(new Rejection.DigestMismatch(expected.algorithm()));
      }
    }
    return new Assembled(store.assemble(session), made);
  }
}
