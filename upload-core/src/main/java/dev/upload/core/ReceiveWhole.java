package dev.upload.core;

import dev.upload.core.model.Chunk;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.port.UploadEventPublisher;
import dev.upload.core.port.UploadLocks;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes a small upload that comes in one chunk: it is recorded once, when it is finished, where
 * every other one is recorded when it begins, when it is whole and when it is finished.
 *
 * <p>The lease on the whole of it keeps everybody else away meanwhile.
 */
final class ReceiveWhole {

  /** Of a larger one a crash would leave more behind than a record costs. */
  static final long MAX_BYTES = 1024 * 1024;

  private final DigestingStore store;
  private final SessionRepository sessions;
  private final UploadLocks locks;
  private final UploadEventPublisher events;
  private final InstantSource clock;

  ReceiveWhole(
      DigestingStore store,
      SessionRepository sessions,
      UploadLocks locks,
      UploadEventPublisher events,
      InstantSource clock) {
    this.store = store;
    this.sessions = sessions;
    this.locks = locks;
    this.events = events;
    this.clock = clock;
  }

  /** Tells whether {@code chunk} is all of a small upload, and no limit refuses it. */
  boolean takes(UploadDeclaration declaration, Chunk chunk, UploadLimits limits) {
    long length = chunk.length().orElse(Long.MAX_VALUE);
    UploadSession opened = UploadSession.opened(declaration, StoreNotes.NONE);
    return store.store().assemblesUnrecorded()
        && chunk.offset() == 0
        && length >= limits.minLength()
        && length <= Math.min(MAX_BYTES, Math.min(limits.maxChunk(), limits.maxLength()))
        && opened.isWholeWith(chunk, length);
  }

  /**
   * Returns the session after {@code chunk}, or nothing, {@code body} unread, if the upload is
   * known already. Of a call that fails nothing is left.
   */
  Optional<UploadSession> receive(UploadDeclaration declaration, Chunk chunk, ChunkBody body) {
    UploadSession unopened = UploadSession.opened(declaration, StoreNotes.NONE);
    LeasedBody leased = LeasedBody.of(chunk, body, chunk.range().length());
    UploadLocks.Takeover takeover = ReceiveChunk.takeover(declaration.policy());
    try (UploadLocks.Lease lease =
        locks.acquire(declaration.id(), unopened.writeSpan(chunk), takeover, leased)) {
      return sessions.find(declaration.id()).isPresent()
          ? Optional.empty()
          : Optional.of(recorded(stored(unopened, chunk, leased)));
    }
  }

  private UploadSession stored(UploadSession unopened, Chunk chunk, LeasedBody body) {
    UploadSession session =
        UploadSession.opened(unopened.declaration(), store.store().open(unopened));
    try {
      session.admit(chunk);
      WrittenChunk written = store.begin(session).write(session, chunk, body);
      ReceiveChunk.requireWhole(session, written, body);
      UploadSession received = written.in(session, clock.instant());
      if (written.isAllOf(body)) {
        received = received.endedWith(chunk, clock.instant());
      }
      return received.state() == UploadState.ASSEMBLING
          ? store.assemble(received).in(received, clock.instant())
          : received;
    } catch (RuntimeException e) {
      discard(session, e);
      throw e;
    }
  }

  private void discard(UploadSession session, RuntimeException cause) {
    try {
      store.store().discard(session);
    } catch (StorageUnavailableException | UploadRejectedException e) {
      cause.addSuppressed(e);
    }
  }

  private UploadSession recorded(UploadSession session) {
    UploadSession first = session.asVersion(1);
    if (!sessions.insert(first)) {
      throw new StorageUnavailableException(
          "could not record upload %s: somebody else began it".formatted(first.id()),
          new IllegalStateException("it was not there before"));
    }
    events.publish(new UploadEvent.Created(first));
    if (first.state() == UploadState.COMPLETE) {
      events.publish(new UploadEvent.Completed(first));
    }
    return first;
  }
}
