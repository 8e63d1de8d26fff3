package dev.upload.core;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.port.UploadLocks;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Ends whoever is sending to an upload, so that what is recorded stays as it is until the next
 * request: a client that asks where it was has given its earlier request up.
 */
final class SettleUpload {

  private final SessionRepository sessions;
  private final UploadLocks locks;

  SettleUpload(SessionRepository sessions, UploadLocks locks) {
    this.sessions = sessions;
    this.locks = locks;
  }

  /** Returns the upload with all that its last sender brought. */
  Optional<UploadSession> settle(UploadId id) {
    return alone(id, () -> sessions.find(id));
  }

  /** Does {@code work} while nobody sends to the upload. */
  <T> T alone(UploadId id, Supplier<T> work) {
    try (UploadLocks.Lease lease =
        locks.acquire(id, ByteRange.EVERYTHING, UploadLocks.Takeover.AT_ONCE, Unyielding.HOLDER)) {
      return work.get();
    }
  }
}
