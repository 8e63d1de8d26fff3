package dev.upload.core;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.port.UploadEventPublisher;
import java.util.Optional;

/** Begins an upload, or finds the one that somebody else has just begun. */
final class CreateUpload {

  /** More rounds than others could reasonably begin and cancel the same upload in our way. */
  private static final int MAX_ATTEMPTS = 10;

  private final ChunkStore store;
  private final SessionRepository sessions;
  private final UploadEventPublisher events;
  private final Admission admission;
  private final CancelUpload cancel;
  private final KeyedMutex mutex = new KeyedMutex();

  CreateUpload(
      ChunkStore store,
      SessionRepository sessions,
      UploadEventPublisher events,
      Admission admission,
      CancelUpload cancel) {
    this.store = store;
    this.sessions = sessions;
    this.events = events;
    this.admission = admission;
    this.cancel = cancel;
  }

  /**
   * Returns the session that {@code declaration} declares, new or as it is.
   *
   * @throws UploadRejectedException if it breaks a limit or contradicts the upload of the same id
   */
  UploadSession create(UploadDeclaration declaration) {
    declaration
        .length()
        .ifPresent(length -> admission.limits().admitWhole("length", declaration.policy(), length));
    Optional<UploadSession> known = sessions.find(declaration.id());
    return known.isPresent() && known.get().state() != UploadState.CANCELLED
        ? agreeing(known.get(), declaration)
        : mutex.withLock(declaration.id(), () -> createOnce(declaration));
  }

  /**
   * Returns the upload that is declared, if this node has just seen it open. Whoever brings bytes
   * proves by recording them that it still is; to refuse somebody takes the record itself.
   */
  Optional<UploadSession> remembered(UploadDeclaration declaration) {
    return sessions
        .remembered(declaration.id())
        .filter(session -> session.state() == UploadState.OPEN)
        .filter(session -> session.declaration().owner().equals(declaration.owner()))
        .filter(session -> session.declaration().agreesWith(declaration));
  }

  /**
   * One thread of this node at a time; other nodes may race. What is remembered was begun by the
   * thread before this one.
   */
  private UploadSession createOnce(UploadDeclaration declaration) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<UploadSession> known =
          remembered(declaration).or(() -> sessions.find(declaration.id()));
      if (known.isPresent()) {
        if (known.get().state() != UploadState.CANCELLED) {
          return agreeing(known.get(), declaration);
        }
        cancel.freeCancelled(declaration.id()); // a crash left it half freed, or it is being freed
      }
      Optional<UploadSession> begun = admission.begin(declaration, () -> begun(declaration));
      if (begun.isPresent()) {
        return begun.get();
      }
    }
    throw new StorageUnavailableException(
        "could not begin upload %s: others were always faster".formatted(declaration.id()),
        new IllegalStateException(MAX_ATTEMPTS + " attempts"));
  }

  private Optional<UploadSession> begun(UploadDeclaration declaration) {
    UploadSession unopened = UploadSession.opened(declaration, StoreNotes.NONE);
    UploadSession session = UploadSession.opened(declaration, store.open(unopened));
    if (sessions.insert(session)) {
      events.publish(new UploadEvent.Created(session));
      return Optional.of(session);
    }
    store.discard(session); // another node was faster: its notes are the recorded ones
    return Optional.empty();
  }

  private static UploadSession agreeing(UploadSession found, UploadDeclaration declaration) {
    if (!found.declaration().owner().equals(declaration.owner())) {
      throw SessionUpdates.unknown();
    }
    if (!found.declaration().agreesWith(declaration)) {
      throw new UploadRejectedException(
          new Rejection.Inconsistent(
              "id", "there is an upload of another length, chunk size or digest"));
    }
    return found;
  }
}
