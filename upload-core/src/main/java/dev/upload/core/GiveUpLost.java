package dev.upload.core;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.UploadEventPublisher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Gives up an unfinished upload whose store takes no more bytes because it has lost those that it
 * had: else its client would be put off until the upload expires.
 */
final class GiveUpLost {

  private final CancelUpload cancel;
  private final UploadEventPublisher events;
  private final InstantSource clock;

  GiveUpLost(CancelUpload cancel, UploadEventPublisher events, InstantSource clock) {
    this.cancel = cancel;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Returns what {@code work} returns.
   *
   * @param id of the upload that the client asks for; what is lost may be one that it is made of
   * @throws UploadRejectedException with {@code Gone} if the store has lost bytes for good, for it
   *     says so, or nobody has got any further for long: then the upload is given up
   */
  UploadSession unlessLost(UploadId id, Supplier<UploadSession> work) {
    try {
      return work.get();
    } catch (StorageUnavailableException e) {
      if (e.lost().isPresent()
          && isGivenUp(e.lost().get(), e)
          && (e.lost().get().equals(id) || isGivenUp(id, e))) {
        throw new UploadRejectedException(new Rejection.Gone());
      }
      throw e;
    }
  }

  private boolean isGivenUp(UploadId id, StorageUnavailableException cause) {
    try {
      UploadSession lost =
          cancel.cancelUntouchedSince(
              id,
              cause.bytesLostForGood()
                  ? Instant.MAX
                  : clock.instant().minus(CompleteUpload.LOST_FOR_GOOD_AFTER));
      events.publish(new UploadEvent.Lost(lost));
      return true;
    } catch (UploadRejectedException e) {
      return false; // somebody got further, or finished it
    } catch (StorageUnavailableException e) {
      cause.addSuppressed(e);
      return false;
    }
  }
}
