package dev.upload.http.resumablejs;

import dev.upload.core.Uploads;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.DestinationTemplate;
import dev.upload.core.model.Owner;
import dev.upload.core.model.Rejection;
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

  private final Uploads uploads;
  private final DestinationTemplate destinations;
  private final InstantSource clock;

  ChunkReception(Uploads uploads, DestinationTemplate destinations, InstantSource clock) {
    this.uploads = uploads;
    this.destinations = destinations;
    this.clock = clock;
  }

  /** Returns the upload if it has the chunk, whole. */
  Optional<UploadSession> find(Owner owner, ChunkRequest request) {
    ChunkGrid grid = request.grid();
    request.requireWithin(uploads.limits(), grid);
    return uploads
        .describe(DerivedId.of(owner, request))
        .filter(session -> session.alreadyHas(Chunk.filling(request.placeIn(gridOf(session)))));
  }

  /** Returns the place of the chunk, with everything checked that can be before there is a body. */
  Place place(Owner owner, ChunkRequest request) {
    request.requireWithin(uploads.limits(), request.grid());
    UploadId id = DerivedId.of(owner, request);
    Optional<UploadSession> known = uploads.describe(id);
    ChunkGrid grid = known.map(ChunkReception::gridOf).orElseGet(request::grid);
    return new Place(id, grid, Chunk.filling(request.placeIn(grid)), known.isEmpty());
  }

  /**
   * Where a chunk belongs.
   *
   * @param isNew whether there was no such upload when it was looked for
   */
  record Place(UploadId id, ChunkGrid grid, Chunk chunk, boolean isNew) {

    /** Returns how many bytes the chunk has. */
    long length() {
      return chunk.range().length();
    }
  }

  /** Stores a chunk, and creates its upload if it is the first one to come. */
  UploadSession receive(Owner owner, ChunkRequest request, Place place, ChunkBody body) {
    Place settled = place.isNew() ? create(owner, request, place) : place;
    try {
      return uploads.receive(settled.id(), settled.chunk(), body);
    } catch (UploadRejectedException refused) {
      if (place.isNew() && isFinal(refused.rejection())) {
        // a broken request must leave nothing behind; one that was cut off will be repeated, and
        // finds its upload
        uploads.cancelIfEmpty(place.id());
      }
      throw refused;
    }
  }

  /**
   * Several first chunks may race, and differ in what they think of the last one: the first that is
   * recorded decides.
   */
  private Place create(Owner owner, ChunkRequest request, Place place) {
    UploadSession session;
    try {
      session = uploads.create(declaration(owner, request, place));
    } catch (UploadRejectedException refused) {
      if (!(refused.rejection() instanceof Rejection.Inconsistent)) {
        throw refused;
      }
      session = uploads.describe(place.id()).orElseThrow(() -> refused);
    }
    ChunkGrid grid = gridOf(session);
    return new Place(place.id(), grid, Chunk.filling(request.placeIn(grid)), true);
  }

  private UploadDeclaration declaration(Owner owner, ChunkRequest request, Place place) {
    Instant now = clock.instant();
    return new UploadDeclaration(
        place.id(),
        owner,
        place.grid(),
        OptionalLong.of(request.totalSize()),
        request.metadata(),
        destinations.destination(place.id(), owner, request.metadata(), now),
        now);
  }

  private static boolean isFinal(Rejection rejection) {
    return switch (rejection) {
      case Rejection.Malformed malformed -> true;
      case Rejection.Inconsistent inconsistent -> true;
      case Rejection.TooLarge large -> true;
      case Rejection.UnsupportedMediaType media -> true;
      case Rejection.UnknownUpload unknown -> false;
      case Rejection.Gone gone -> false;
      case Rejection.WrongState state -> false;
      case Rejection.OffsetMismatch mismatch -> false;
      case Rejection.Interrupted interrupted -> false;
      case Rejection.Busy busy -> false;
      case Rejection.StorageFull full -> false;
    };
  }

  private static ChunkGrid gridOf(UploadSession session) {
    return switch (session.policy()) {
      case ChunkGrid grid -> grid;
      case dev.upload.core.model.AppendOnly append ->
          throw new UploadRejectedException(
              new Rejection.Inconsistent(
                  "identifier", "the upload of this name was begun with another protocol"));
    };
  }
}
