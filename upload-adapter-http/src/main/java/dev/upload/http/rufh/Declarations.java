package dev.upload.http.rufh;

import dev.upload.core.model.AppendOnly;
import dev.upload.core.model.DestinationTemplate;
import dev.upload.core.model.Owner;
import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadMetadata;
import dev.upload.core.port.UploadIdGenerator;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/** Makes declarations of what requests ask to be created. */
@Singleton
final class Declarations {

  private static final AppendOnly POLICY = new AppendOnly(AppendOnly.Completion.WHEN_DECLARED);

  private final UploadIdGenerator ids;
  private final DestinationTemplate destinations;
  private final InstantSource clock;

  Declarations(UploadIdGenerator ids, DestinationTemplate destinations, InstantSource clock) {
    this.ids = ids;
    this.destinations = destinations;
    this.clock = clock;
  }

  /** Returns the upload of {@code length} bytes that the sender of a request wants. */
  UploadDeclaration declaration(HttpRequest<?> request, Requester requester, OptionalLong length) {
    UploadMetadata metadata = RepresentationMetadata.of(request);
    Owner owner = requester.owner();
    UploadId id = requester.idOr(ids::next);
    Instant now = clock.instant();
    return new UploadDeclaration(
        id,
        owner,
        POLICY,
        length,
        metadata,
        destinations.destination(id, owner, metadata, now),
        now);
  }
}
