package dev.upload.core;

import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.port.UploadEventPublisher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Frees unfinished uploads that nobody has gone on with for too long. */
final class PurgeExpiredUploads {

  private static final int BATCH = 100;

  private final SessionRepository sessions;
  private final CancelUpload cancel;
  private final UploadEventPublisher events;
  private final InstantSource clock;

  PurgeExpiredUploads(
      SessionRepository sessions,
      CancelUpload cancel,
      UploadEventPublisher events,
      InstantSource clock) {
    this.sessions = sessions;
    this.cancel = cancel;
    this.events = events;
    this.clock = clock;
  }

  /** Frees uploads whose last progress is older than {@code expiry}; returns how many. */
  int purge(Duration expiry) {
    Instant cutoff = clock.instant().minus(expiry);
    int purged = 0;
    int before;
    do {
      before = purged;
      purged += purgeBatch(UploadState.OPEN, cutoff) + purgeBatch(UploadState.CANCELLED, cutoff);
    } while (purged > before);
    return purged;
  }

  private int purgeBatch(UploadState state, Instant cutoff) {
    int purged = 0;
    for (UploadSession session : sessions.untouchedSince(state, cutoff, BATCH)) {
      if (purge(session)) {
        purged++;
      }
    }
    return purged;
  }

  /**
   * A client may have gone on, finished or cancelled in the meantime: then it is not ours to purge.
   */
  private boolean purge(UploadSession session) {
    try {
      events.publish(new UploadEvent.Expired(cancel.cancel(session.id())));
      return true;
    } catch (UploadRejectedException e) {
      return false;
    }
  }
}
