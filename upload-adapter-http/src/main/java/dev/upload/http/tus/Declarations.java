package dev.upload.http.tus;

import dev.upload.core.model.AssemblyPolicy;
import dev.upload.core.model.Concatenation;
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
import java.util.Optional;
import java.util.OptionalLong;

/** Makes declarations of what requests ask to be created. */
@Singleton
final class Declarations {

  private final UploadIdGenerator ids;
  private final DestinationTemplate destinations;
  private final InstantSource clock;

  Declarations(UploadIdGenerator ids, DestinationTemplate destinations, InstantSource clock) {
    this.ids = ids;
    this.destinations = destinations;
    this.clock = clock;
  }

  /** Reads everything that the headers of a POST say of the upload that its sender wants. */
  UploadDeclaration declaration(HttpRequest<?> request, Requester requester) {
    RequestFields fields = RequestFields.of(request);
    AssemblyPolicy policy = ConcatHeader.parse(fields);
    OptionalLong length = length(fields, policy);
    UploadMetadata metadata = MetadataHeader.parse(fields);
    Owner owner = requester.owner();
    UploadId id =
        policy instanceof Concatenation concatenation
            ? ConcatenationId.of(owner, concatenation, metadata)
            : requester.idOr(ids::next);
    Instant now = clock.instant();
    return new UploadDeclaration(
        id,
        owner,
        policy,
        length,
        metadata,
        destinations.destination(id, owner, metadata, now),
        now);
  }

  /** A length is said, or said to follow; that of a concatenation comes from its parts. */
  private static OptionalLong length(RequestFields fields, AssemblyPolicy policy) {
    OptionalLong length = fields.number(Tus.LENGTH);
    Optional<String> deferred = fields.text(Tus.DEFER_LENGTH).map(String::strip);
    if (deferred.isPresent() && !deferred.get().equals("1")) {
      throw RequestFields.malformed(Tus.DEFER_LENGTH, "it can only be 1");
    }
    if (policy instanceof Concatenation) {
      if (length.isPresent() || deferred.isPresent()) {
        throw RequestFields.malformed(Tus.LENGTH, "that of a concatenation comes from its parts");
      }
    } else if (length.isPresent() == deferred.isPresent()) {
      throw RequestFields.malformed(
          Tus.LENGTH, "either it or %s has to be there".formatted(Tus.DEFER_LENGTH));
    }
    return length;
  }
}
