package dev.upload.app.wiring;

import dev.upload.app.config.LimitSettings;
import dev.upload.app.config.UploadSettings;
import dev.upload.app.digest.BouncyCastleDigests;
import dev.upload.core.Uploads;
import dev.upload.core.model.DestinationTemplate;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.port.UploadEventPublisher;
import dev.upload.core.port.UploadIdGenerator;
import dev.upload.http.UploadExpiry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the use cases over the chosen store. */
@Factory
final class CoreFactory {

  private static final Logger LOG = LoggerFactory.getLogger("dev.upload.events");

  /** Made at start, so that limits that the store cannot hold are refused then. */
  @Context
  Uploads uploads(
      Storage storage, LimitSettings limits, UploadEventPublisher events, InstantSource clock) {
    if (storage.sessions().openUsage().isEmpty()) {
      limits.requireNoOpenLimits(storage.description());
    }
    return Uploads.over(storage.store(), storage.sessions())
        .limits(limits.limits())
        .openLimits(limits.openLimits())
        .events(events)
        .clock(clock)
        .digests(new BouncyCastleDigests())
        .build();
  }

  /** Made at start, so that a template that is not safe is refused then. */
  @Context
  DestinationTemplate destinations(UploadSettings settings) {
    return settings.destinationTemplate();
  }

  @Singleton
  UploadIdGenerator ids() {
    return new RandomIds(new SecureRandom());
  }

  @Singleton
  UploadExpiry expiry(UploadSettings settings) {
    return new UploadExpiry(settings.expiry());
  }

  @Singleton
  UploadEventPublisher events() {
    return CoreFactory::log;
  }

  private static void log(UploadEvent event) {
    switch (event) {
      case UploadEvent.Created created -> LOG.debug("Upload {} created", created.session().id());
      case UploadEvent.Completed completed ->
          LOG.info(
              "Upload {} complete: {} bytes at {}",
              completed.session().id(),
              completed.session().received().total(),
              completed.session().destination());
      case UploadEvent.Cancelled cancelled ->
          LOG.info("Upload {} cancelled", cancelled.session().id());
      case UploadEvent.Removed removed -> LOG.info("Upload {} removed", removed.session().id());
      case UploadEvent.Lost lost ->
          LOG.error(
              "Upload {} is given up: the store has lost bytes that it took", lost.session().id());
      case UploadEvent.Expired expired -> LOG.info("Upload {} expired", expired.session().id());
    }
  }
}
