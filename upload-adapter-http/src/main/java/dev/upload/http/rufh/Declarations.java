package dev.upload.http.rufh;

import dev.upload.core.model.AppendOnly;
import dev.upload.core.model.DestinationTemplate;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.Owner;
import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadMetadata;
import dev.upload.core.model.WholeDigests;
import dev.upload.core.port.UploadIdGenerator;
import dev.upload.http.digest.DigestFields;
import io.micronaut.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

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
  UploadDeclaration declaration(RufhRequest request, OptionalLong length) {
    Requester requester = request.uploads().requester();
    WholeDigests digests =
        digests(request.http().getHeaders(), request.uploads().digestAlgorithms());
    UploadMetadata metadata = RepresentationMetadata.of(request.http());
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
        now,
        digests);
  }

  /** Of what is wanted the most wanted is enough: each costs its own work. */
  private static WholeDigests digests(HttpHeaders headers, Set<DigestAlgorithm> possible) {
    Set<DigestAlgorithm> wanted =
        DigestFields.wanted(headers).stream()
            .filter(possible::contains)
            .limit(1)
            .collect(Collectors.toSet());
    return new WholeDigests(wanted, DigestFields.digests(headers, DigestFields.REPRESENTATION));
  }
}
