package dev.upload.core;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.port.UploadLocks;
import java.time.Instant;
import java.time.InstantSource;

/** Gives an unfinished upload up and frees everything that it held. */
final class CancelUpload {

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
    try (UploadLocks.Lease lease = lease(id, UploadLocks.Takeover.FOR_GOOD)) {
      return free(updates.apply(id, this::cancelled).after());
    }
  }

  /**
   * Does the same, but to an upload that is still as old as it was when it was listed, and without
   * cutting a sender that makes progress.
   *
   * @throws UploadRejectedException if a client has gone on with it, or what {@link #cancel} throws
   */
  UploadSession cancelUntouchedSince(UploadId id, Instant cutoff) {
    try (UploadLocks.Lease lease = lease(id, UploadLocks.Takeover.WHEN_STALLED)) {
      return free(
          updates.apply(id, session -> cancelled(requireUntouched(session, cutoff))).after());
    }
  }

  /**
   * Does the same, but to an upload that holds no byte when it is given up.
   *
   * @throws UploadRejectedException if it holds some, or what {@link #cancel} throws
   */
  UploadSession cancelEmpty(UploadId id) {
    try (UploadLocks.Lease lease = lease(id, UploadLocks.Takeover.AT_ONCE)) {
      return free(updates.apply(id, session -> cancelled(requireEmpty(session))).after());
    }
  }

  /**
   * Frees an unfinished upload that {@code declaration} has begun, without cutting a sender that
   * makes progress, and returns what it was.
   *
   * @param onlyEmpty whether to leave it alone if it holds bytes
   * @throws UploadRejectedException if there is no such upload
   */
  UploadSession withdraw(UploadDeclaration declaration, boolean onlyEmpty) {
    UploadId id = declaration.id();
    try (UploadLocks.Lease lease = lease(id, UploadLocks.Takeover.WHEN_STALLED)) {
      SessionUpdates.Change change =
          updates.apply(
              id,
              session -> {
                requireBegunBy(declaration, session);
                return removed(onlyEmpty ? requireEmpty(session) : session);
              });
      free(change.after());
      return change.before();
    }
  }

  private static void requireBegunBy(UploadDeclaration declaration, UploadSession session) {
    boolean unfinished =
        session.state() == UploadState.OPEN || session.state() == UploadState.ASSEMBLING;
    if (!unfinished || !session.isBegunBy(declaration)) {
      throw new UploadRejectedException(new Rejection.WrongState("The upload is not undone."));
    }
  }

  /**
   * Frees an upload whatever its state, its file if there is one, and returns what it was.
   *
   * @throws UploadRejectedException if there is none
   */
  UploadSession remove(UploadId id) {
    try (UploadLocks.Lease lease = lease(id, UploadLocks.Takeover.FOR_GOOD)) {
      SessionUpdates.Change change = updates.apply(id, this::removed);
      free(change.after());
      return change.before();
    }
  }

  private UploadSession removed(UploadSession session) {
    return session.state() == UploadState.CANCELLED ? session : session.cancelled(clock.instant());
  }

  /**
   * Frees what is left of a cancelled upload, and does nothing if there is none: then somebody else
   * has freed it, or even begun it anew, while we waited.
   */
  void freeCancelled(UploadId id) {
    try (UploadLocks.Lease lease = lease(id, UploadLocks.Takeover.AT_ONCE)) {
      sessions
          .find(id)
          .filter(session -> session.state() == UploadState.CANCELLED)
          .ifPresent(this::free);
    }
  }

  private UploadLocks.Lease lease(UploadId id, UploadLocks.Takeover takeover) {
    return locks.acquire(id, ByteRange.EVERYTHING, takeover, Unyielding.HOLDER);
  }

  /** Frees what {@code cancelled} holds, and forgets it. */
  UploadSession free(UploadSession cancelled) {
    store.discard(cancelled);
    sessions.delete(cancelled);
    return cancelled;
  }

  private static UploadSession requireUntouched(UploadSession session, Instant cutoff) {
    if (!session.touchedAt().isBefore(cutoff)) {
      throw new UploadRejectedException(new Rejection.WrongState("The upload goes on."));
    }
    return session;
  }

  private static UploadSession requireEmpty(UploadSession session) {
    if (session.received().count() > 0) {
      throw new UploadRejectedException(new Rejection.WrongState("The upload holds bytes."));
    }
    return session;
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
