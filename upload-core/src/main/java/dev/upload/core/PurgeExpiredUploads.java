package dev.upload.core;

import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.port.UploadEventPublisher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/** Frees unfinished uploads that nobody has gone on with for too long. */
final class PurgeExpiredUploads {

  private static final int BATCH = 100;

  /** When so many fail, the store does, and the rest may wait. */
  private static final int MOST_FAILURES = 500;

  /** A cancellation that takes longer than this was cut off, or its store failed. */
  private static final Duration CANCELLATION = Duration.ofMinutes(10);

  private final ChunkStore store;
  private final SessionRepository sessions;
  private final CancelUpload cancel;
  private final UploadEventPublisher events;
  private final InstantSource clock;

  PurgeExpiredUploads(
      ChunkStore store,
      SessionRepository sessions,
      CancelUpload cancel,
      UploadEventPublisher events,
      InstantSource clock) {
    this.store = store;
    this.sessions = sessions;
    this.cancel = cancel;
    this.events = events;
    this.clock = clock;
  }

  /** Frees uploads whose last progress is older than {@code expiry}, and what no upload names. */
  BatchOutcome purge(Duration expiry) {
    Instant now = clock.instant();
    BatchOutcome purged =
        purgeAll(UploadState.OPEN, now.minus(expiry))
            .plus(purgeAll(UploadState.CANCELLED, now.minus(CANCELLATION)));
    store.freeStrays();
    return purged;
  }

  /**
   * Goes on as long as there is something new to try: uploads that cannot be freed do not stand
   * before the others. What somebody goes on with meanwhile is no failure.
   */
  private BatchOutcome purgeAll(UploadState state, Instant cutoff) {
    Set<UploadId> tried = new HashSet<>();
    int purged = 0;
    int failed = 0;
    int before;
    do {
      before = tried.size();
      for (UploadSession session :
          sessions.untouchedSince(state, cutoff, BATCH + tried.size() - purged)) {
        if (tried.add(session.id())) {
          BatchOutcome outcome = purge(session, cutoff);
          purged += outcome.done();
          failed += outcome.failed();
        }
      }
    } while (tried.size() > before && failed < MOST_FAILURES);
    return new BatchOutcome(purged, failed);
  }

  private BatchOutcome purge(UploadSession session, Instant cutoff) {
    try {
      events.publish(new UploadEvent.Expired(cancel.cancelUntouchedSince(session.id(), cutoff)));
      return new BatchOutcome(1, 0);
    } catch (UploadRejectedException e) {
      return BatchOutcome.NOTHING; // a client went on with it or cancelled it in the meantime
    } catch (StorageUnavailableException e) {
      return new BatchOutcome(0, 1);
    }
  }
}
