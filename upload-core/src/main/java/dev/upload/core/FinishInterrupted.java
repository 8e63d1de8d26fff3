package dev.upload.core;

import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.SessionRepository;
import java.time.InstantSource;

/**
 * Takes up assemblies that were cut off by a crash, so that no upload waits for a client to ask.
 */
final class FinishInterrupted {

  private final SessionRepository sessions;
  private final CompleteUpload complete;
  private final InstantSource clock;

  FinishInterrupted(SessionRepository sessions, CompleteUpload complete, InstantSource clock) {
    this.sessions = sessions;
    this.complete = complete;
    this.clock = clock;
  }

  /** Finishes up to {@code limit} uploads. One that fails is left to the next request for it. */
  BatchOutcome finish(int limit) {
    int finished = 0;
    int failed = 0;
    for (UploadSession session :
        sessions.untouchedSince(UploadState.ASSEMBLING, clock.instant(), limit)) {
      try {
        complete.finish(session);
        finished++;
      } catch (StorageUnavailableException | UploadRejectedException e) {
        failed++;
      }
    }
    return new BatchOutcome(finished, failed);
  }
}
