package dev.upload.app.jobs;

import dev.upload.app.config.UploadSettings;
import dev.upload.core.BatchOutcome;
import dev.upload.core.Uploads;
import dev.upload.core.model.StorageUnavailableException;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.annotation.Async;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finishes what a crash cut off, and purges what nobody goes on with. */
@Singleton
public class Housekeeping {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final Uploads uploads;
  private final UploadSettings settings;

  public Housekeeping(Uploads uploads, UploadSettings settings) {
    this.uploads = uploads;
    this.settings = settings;
  }

  /**
   * Beside the first requests, not before them: a request for such an upload finishes it as well.
   */
  @EventListener
  @Async("virtual")
  public void afterStart(ServerStartupEvent started) {
    finishInterrupted();
  }

  @Scheduled(
      initialDelay = "${upload.purge-interval:1h}",
      fixedDelay = "${upload.purge-interval:1h}")
  void fromTimeToTime() {
    finishInterrupted();
    purgeExpired();
  }

  /** A concatenation whose last part has come need not wait until its client asks for it. */
  @Scheduled(initialDelay = "5s", fixedDelay = "5s")
  void often() {
    BatchOutcome outcome = uploads.finishWaiting();
    if (outcome.failed() > 0) {
      LOG.warn("{} concatenations could not be finished; tried again", outcome.failed());
    }
  }

  private void finishInterrupted() {
    try {
      BatchOutcome outcome = uploads.finishInterrupted();
      if (outcome.done() + outcome.failed() > 0) {
        LOG.info(
            "Of the uploads that were cut off while being assembled {} are finished, {} are not",
            outcome.done(),
            outcome.failed());
      }
    } catch (StorageUnavailableException e) {
      LOG.warn("Could not look for uploads that were cut off; requests for them finish them", e);
    }
  }

  private void purgeExpired() {
    try {
      BatchOutcome outcome = uploads.purgeExpired(settings.expiry());
      if (outcome.done() + outcome.failed() > 0) {
        LOG.info(
            "Of the uploads that nobody went on with for {} {} are purged, {} could not be",
            settings.expiry(),
            outcome.done(),
            outcome.failed());
      }
    } catch (StorageUnavailableException e) {
      LOG.warn("Could not purge expired uploads; tried again in {}", settings.purgeInterval(), e);
    }
  }
}
