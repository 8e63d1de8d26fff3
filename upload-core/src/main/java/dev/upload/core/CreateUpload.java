package dev.upload.core;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.port.UploadEventPublisher;
import java.util.Optional;

/** Begins an upload, or finds the one that somebody else has just begun. */
final class CreateUpload {

  private final ChunkStore store;
  private final SessionRepository sessions;
  private final UploadEventPublisher events;
  private final UploadLimits limits;
  private final CancelUpload cancel;
  private final KeyedMutex mutex = new KeyedMutex();

  CreateUpload(
      ChunkStore store,
      SessionRepository sessions,
      UploadEventPublisher events,
      UploadLimits limits,
      CancelUpload cancel) {
    this.store = store;
    this.sessions = sessions;
    this.events = events;
    this.limits = limits;
    this.cancel = cancel;
  }

  /**
   * Returns the session that {@code declaration} declares, new or as it is.
   *
   * @throws UploadRejectedException if it breaks a limit or contradicts the upload of the same id
   */
  UploadSession create(UploadDeclaration declaration) {
    declaration.length().ifPresent(length -> limits.admitLength("length", length));
    Optional<UploadSession> known = sessions.find(declaration.id());
    return known.isPresent() && known.get().state() != UploadState.CANCELLED
        ? agreeing(known.get(), declaration)
        : mutex.withLock(declaration.id(), () -> createOnce(declaration));
  }

  /** One thread of this node at a time; other nodes may race. */
  private UploadSession createOnce(UploadDeclaration declaration) {
    Optional<UploadSession> known = sessions.find(declaration.id());
    if (known.isPresent()) {
      if (known.get().state() != UploadState.CANCELLED) {
        return agreeing(known.get(), declaration);
      }
      cancel.cancel(declaration.id()); // a crash left it half freed
    }
    UploadSession unopened = UploadSession.opened(declaration, StoreNotes.NONE);
    UploadSession session = UploadSession.opened(declaration, store.open(unopened));
    if (sessions.insert(session)) {
      events.publish(new UploadEvent.Created(session));
      return session;
    }
    store.discard(session); // another node was faster: its notes are the recorded ones
    return agreeing(
        sessions.find(declaration.id()).orElseThrow(SessionUpdates::unknown), declaration);
  }

  private static UploadSession agreeing(UploadSession found, UploadDeclaration declaration) {
    if (!found.declaration().agreesWith(declaration)) {
      throw new UploadRejectedException(
          new Rejection.Inconsistent(
              "id", "there is an upload of another owner, length or chunk size"));
    }
    return found;
  }
}
