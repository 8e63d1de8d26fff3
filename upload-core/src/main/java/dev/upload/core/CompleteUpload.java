package dev.upload.core;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.UploadEventPublisher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the whole visible once every byte is there.
 *
 * <p>Whoever asks for an upload that is {@link UploadState#ASSEMBLING} brings it to its end: where
 * an assembly failed or was cut off by a crash, the next request takes it up again.
 */
final class CompleteUpload {

  /** A store that has said for so long that bytes are lost is believed. */
  static final Duration LOST_FOR_GOOD_AFTER = Duration.ofHours(1);

  private final DigestingStore store;
  private final CancelUpload cancel;
  private final SessionUpdates updates;
  private final UploadEventPublisher events;
  private final InstantSource clock;
  private final KeyedMutex mutex = new KeyedMutex();

  CompleteUpload(
      DigestingStore store,
      CancelUpload cancel,
      SessionUpdates updates,
      UploadEventPublisher events,
      InstantSource clock) {
    this.store = store;
    this.cancel = cancel;
    this.updates = updates;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Returns {@code session}, assembled if it was whole. One thread of a node assembles, the others
   * wait for it; among nodes the store's assembly may be repeated.
   *
   * @throws UploadRejectedException with {@code Gone} if the store has lost bytes for good, or
   *     {@code DigestMismatch} if the whole is another one than was announced: then the upload is
   *     given up, so that its client may begin anew
   */
  UploadSession finish(UploadSession session) {
    return session.state() == UploadState.ASSEMBLING
        ? mutex.withLock(session.id(), () -> finishOnce(session.id()))
        : session;
  }

  /** Does {@code work} while nobody of this node assembles the upload. */
  <T> T alone(UploadId id, Supplier<T> work) {
    return mutex.withLock(id, work);
  }

  private UploadSession finishOnce(UploadId id) {
    UploadSession session =
        updates.current(id); // again: somebody may have finished while we waited
    if (session.state() != UploadState.ASSEMBLING) {
      return session;
    }
    DigestingStore.Assembled assembled;
    try {
      assembled = store.assemble(session);
    } catch (UploadRejectedException e) {
      return orGivenUp(session, e);
    } catch (StorageUnavailableException e) {
      if (e.bytesLostForGood() || (e.bytesLost() && isLongSince(session))) {
        return givenUp(session, UploadEvent.Lost::new, new Rejection.Gone());
      }
      throw e;
    }
    SessionUpdates.Change change = updates.apply(id, now -> completed(now, assembled));
    if (change.before().state() == UploadState.ASSEMBLING) {
      events.publish(new UploadEvent.Completed(change.after()));
    }
    return change.after();
  }

  private boolean isLongSince(UploadSession session) {
    return session.touchedAt().plus(LOST_FOR_GOOD_AFTER).isBefore(clock.instant());
  }

  /** What is not the announced whole will never be; for other things there may be a time. */
  private UploadSession orGivenUp(UploadSession session, UploadRejectedException refusal) {
    if (refusal.rejection() instanceof Rejection.DigestMismatch mismatch) {
      return givenUp(session, UploadEvent.Cancelled::new, mismatch);
    }
    throw refusal;
  }

  /** Frees an upload that cannot be finished any more, unless another node has finished it. */
  private UploadSession givenUp(
      UploadSession session, Function<UploadSession, UploadEvent> event, Rejection reason) {
    UploadSession now = updates.apply(session.id(), this::cancelled).after();
    if (now.state() == UploadState.COMPLETE) {
      return now;
    }
    events.publish(event.apply(cancel.free(now)));
    throw new UploadRejectedException(reason);
  }

  private UploadSession cancelled(UploadSession session) {
    return session.state() == UploadState.ASSEMBLING ? session.cancelled(clock.instant()) : session;
  }

  private UploadSession completed(UploadSession session, DigestingStore.Assembled assembled) {
    return session.state() == UploadState.ASSEMBLING
        ? assembled.in(session, clock.instant())
        : session;
  }
}
