package dev.upload.http.resumablejs;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.DestinationTemplate;
import dev.upload.core.model.Owner;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/** Brings chunks as these clients name them to the uploads that they belong to. */
@Singleton
final class ChunkReception {

  private final DestinationTemplate destinations;
  private final InstantSource clock;

  ChunkReception(DestinationTemplate destinations, InstantSource clock) {
    this.destinations = destinations;
    this.clock = clock;
  }

  /** Returns the upload if it has the chunk, whole. */
  Optional<UploadSession> find(AuthorizedUploads uploads, ChunkRequest request) {
    request.requireWithin(uploads.limits(), request.grid());
    Chunk chunk = request.chunk();
    return known(uploads, id(uploads, request), request)
        .filter(session -> session.alreadyHas(chunk));
  }

  /** Returns the place of the chunk, with everything checked that can be before there is a body. */
  Place place(AuthorizedUploads uploads, ChunkRequest request) {
    request.requireWithin(uploads.limits(), request.grid());
    UploadId id = id(uploads, request);
    Optional<UploadSession> seen = uploads.describeToSend(id);
    boolean agrees =
        seen.filter(session -> session.policy().agreesWith(request.grid())).isPresent();
    boolean isNew = seen.isEmpty() || (!agrees && known(uploads, id, request).isEmpty());
    return new Place(id, request.chunk(), isNew);
  }

  private static UploadId id(AuthorizedUploads uploads, ChunkRequest request) {
    Requester requester = uploads.requester();
    return requester.idOr(() -> DerivedId.of(requester.owner(), request));
  }

  /** Whoever may send one upload only may still not send two files to it. */
  private static Optional<UploadSession> known(
      AuthorizedUploads uploads, UploadId id, ChunkRequest request) {
    Optional<UploadSession> found = uploads.describe(id);
    if (found.isPresent() && !found.get().policy().agreesWith(request.grid())) {
      throw request.inconsistent(Parameter.TOTAL_SIZE, "the upload is another file's");
    }
    return found;
  }

  /**
   * Where a chunk belongs.
   *
   * @param isNew whether there was no such upload when it was looked for
   */
  record Place(UploadId id, Chunk chunk, boolean isNew) {

    /** Returns how many bytes the chunk has. */
    long length() {
      return chunk.range().length();
    }
  }

  /** Stores a chunk, and creates its upload if it is the first one to come. */
  UploadSession receive(
      AuthorizedUploads uploads, ChunkRequest request, Place place, ChunkBody body) {
    try {
      return place.isNew()
          ? uploads.receive(
              declaration(uploads.requester().owner(), request, place.id()), place.chunk(), body)
          : uploads.receive(place.id(), place.chunk(), body);
    } catch (UploadRejectedException refused) {
      if (place.isNew() && isFinal(refused.rejection())) {
        // a broken request must leave nothing behind; one that was cut off will be repeated, and
        // finds its upload
        uploads.withdrawIfEmpty(place.id());
      }
      throw refused;
    }
  }

  private UploadDeclaration declaration(Owner owner, ChunkRequest request, UploadId id) {
    Instant now = clock.instant();
    return new UploadDeclaration(
        id,
        owner,
        request.grid(),
        OptionalLong.of(request.totalSize()),
        request.metadata(),
        destinations.destination(id, owner, request.metadata(), now),
        now);
  }

  private static boolean isFinal(Rejection rejection) {
    return switch (rejection) {
      case Rejection.Malformed malformed -> true;
      case Rejection.Inconsistent inconsistent -> true;
      case Rejection.TooLarge large -> true;
      case Rejection.TooSmall small -> true;
      case Rejection.UnsupportedMediaType media -> true;
      case Rejection.DigestMismatch mismatch -> true;
      case Rejection.NotAppendable whole -> true;
      case Rejection.Unauthenticated stranger -> false;
      case Rejection.Forbidden forbidden -> false;
      case Rejection.Throttled throttled -> false;
      case Rejection.UnknownUpload unknown -> false;
      case Rejection.Gone gone -> false;
      case Rejection.WrongState state -> false;
      case Rejection.OffsetMismatch mismatch -> false;
      case Rejection.Interrupted interrupted -> false;
      case Rejection.Outdated outdated -> false;
      case Rejection.Busy busy -> false;
      case Rejection.StorageFull full -> false;
    };
  }
}
