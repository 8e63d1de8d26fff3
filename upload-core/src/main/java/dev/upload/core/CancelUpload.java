package dev.upload.core;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.port.UploadLocks;
import java.time.InstantSource;

/** Gives an unfinished upload up and frees everything that it held. */
final class CancelUpload {

  /** A canceller holds its lease for a moment only, and nobody is let in before it is done. */
  private static final UploadLocks.Holder UNYIELDING =
      new UploadLocks.Holder() {
        @Override
        public boolean stalled() {
          return false;
        }

        @Override
        public void cut() {}
      };

  private final ChunkStore store;
  private final SessionRepository sessions;
  private final UploadLocks locks;
  private final SessionUpdates updates;
  private final InstantSource clock;

  CancelUpload(
      ChunkStore store,
      SessionRepository sessions,
      UploadLocks locks,
      SessionUpdates updates,
      InstantSource clock) {
    this.store = store;
    this.sessions = sessions;
    this.locks = locks;
    this.updates = updates;
    this.clock = clock;
  }

  /**
   * Cuts whoever is writing, and returns the session as it was given up. Where a crash left a
   * cancelled upload half freed, this frees the rest.
   *
   * @throws UploadRejectedException if there is no such upload, or it has all its bytes
   */
  UploadSession cancel(UploadId id) {
    try (UploadLocks.Lease lease =
        locks.acquire(id, ByteRange.EVERYTHING, UploadLocks.Takeover.AT_ONCE, UNYIELDING)) {
      UploadSession cancelled = updates.apply(id, this::cancelled).after();
      store.discard(cancelled);
      sessions.delete(cancelled);
      return cancelled;
    }
  }

  private UploadSession cancelled(UploadSession session) {
    return switch (session.state()) {
      case OPEN -> session.cancelled(clock.instant());
      case CANCELLED -> session;
      case ASSEMBLING, COMPLETE ->
          throw new UploadRejectedException(new Rejection.WrongState("The upload is finished."));
    };
  }
}
