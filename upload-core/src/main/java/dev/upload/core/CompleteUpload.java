package dev.upload.core;

import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.UploadEventPublisher;
import java.time.InstantSource;

/**
 * Makes the whole visible once every byte is there.
 *
 * <p>Whoever asks for an upload that is {@link UploadState#ASSEMBLING} brings it to its end: where
 * an assembly failed or was cut off by a crash, the next request takes it up again.
 */
final class CompleteUpload {

  private final ChunkStore store;
  private final SessionUpdates updates;
  private final UploadEventPublisher events;
  private final InstantSource clock;
  private final KeyedMutex mutex = new KeyedMutex();

  CompleteUpload(
      ChunkStore store, SessionUpdates updates, UploadEventPublisher events, InstantSource clock) {
    this.store = store;
    this.updates = updates;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Returns {@code session}, assembled if it was whole. One thread of a node assembles, the others
   * wait for it; among nodes the store's assembly may be repeated.
   */
  UploadSession finish(UploadSession session) {
    return session.state() == UploadState.ASSEMBLING
        ? mutex.withLock(session.id(), () -> finishOnce(session.id()))
        : session;
  }

  private UploadSession finishOnce(UploadId id) {
    UploadSession session =
        updates.current(id); // again: somebody may have finished while we waited
    if (session.state() != UploadState.ASSEMBLING) {
      return session;
    }
    StoreNotes notes = store.assemble(session);
    SessionUpdates.Change change = updates.apply(id, now -> completed(now, notes));
    if (change.before().state() == UploadState.ASSEMBLING) {
      events.publish(new UploadEvent.Completed(change.after()));
    }
    return change.after();
  }

  private UploadSession completed(UploadSession session, StoreNotes notes) {
    return session.state() == UploadState.ASSEMBLING
        ? session.completed(notes, clock.instant())
        : session;
  }
}
