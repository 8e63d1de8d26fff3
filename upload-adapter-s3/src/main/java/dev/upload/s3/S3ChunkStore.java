package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Concatenation;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ChunkStore;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of uploads in a bucket. A chunk that is a part goes straight to the multipart upload;
 * smaller ones wait as fragments until one comes that makes a part of them. An upload of less than
 * a part's minimum is put in one request when it is whole.
 *
 * <p>Keeps nothing but buffers: what it wants to find again is in the session's notes.
 */
final class S3ChunkStore implements ChunkStore {

  private static final long LEAST_PIECE_BYTES = 64 * 1024;

  private final S3Bucket bucket;
  private final S3Keys keys;
  private final PartWish wish;
  private final Stages stages;
  private final Strays strays;
  private final Combining combining = new Combining();

  S3ChunkStore(S3Bucket bucket, S3Keys keys, PartWish wish, Stages stages, Strays strays) {
    this.bucket = bucket;
    this.keys = keys;
    this.wish = wish;
    this.stages = stages;
    this.strays = strays;
  }

  @Override
  public StoreNotes open(UploadSession session) {
    PartPlan plan = PartPlan.of(session.declaration(), wish);
    String nonce = Tokens.next();
    String key = key(session, nonce);
    boolean small = session.length().orElse(Long.MAX_VALUE) < PartPlan.MIN_PART_BYTES;
    if (small && !(session.policy() instanceof Concatenation)) {
      return PartManifest.opened(plan, nonce);
    }
    strays.asking(key, session.id());
    return Faults.translated(
        "open",
        session.id(),
        () -> {
          ObjectHeaders headers = ObjectHeaders.of(session, nonce);
          return PartManifest.opened(plan, nonce, Multipart.create(bucket, key, headers).id());
        });
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where a part of a chunk counts for nothing, a chunk that breaks off is counted, so that its
   * sender can be told, but not kept.
   */
  @Override
  public StoredChunk write(UploadSession session, Chunk chunk, ChunkBody body) {
    PartManifest manifest = manifest(session);
    PieceWriter writer =
        new PieceWriter(
            manifest,
            manifest.plan(),
            stage(session, manifest),
            multipart(session, manifest),
            session.length().orElse(Long.MAX_VALUE));
    try (ChunkSink sink =
        new ChunkSink(chunk, manifest.plan(), wish.pieceBytes(), stages, writer)) {
      StoredChunk stored =
          Faults.translated(
              "write to", session.id(), () -> drain(session, chunk, body, sink, writer));
      StoreNotes change = PartManifest.both(stored.notes(), tidied(session, manifest));
      return new StoredChunk(stored.length(), change);
    }
  }

  private StoredChunk drain(
      UploadSession session, Chunk chunk, ChunkBody body, ChunkSink sink, PieceWriter writer)
      throws IOException {
    boolean kept = false;
    try {
      long count = body.transferTo(sink);
      boolean whole = count == chunk.length().orElse(count);
      if (!whole && !session.policy().keepsPartOfChunk()) {
        return StoredChunk.of(count);
      }
      sink.finish();
      kept = true;
      return new StoredChunk(count, writer.change());
    } finally {
      if (!kept) {
        sink.close();
        writer.undo();
      }
    }
  }

  /** Does what earlier writes left over, as far as the session has it recorded. */
  private StoreNotes tidied(UploadSession session, PartManifest manifest) {
    return new Tidying(manifest, stage(session, manifest), multipart(session, manifest), combining)
        .run(session.length().orElse(Long.MAX_VALUE));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The source becomes an object, hidden among what is unfinished, for whoever copies it first.
   */
  @Override
  public StoredChunk copy(UploadSession target, long offset, UploadSession source) {
    ByteRange place = ByteRange.at(offset, source.offset());
    if (target.received().covers(place)) {
      return StoredChunk.of(place.length());
    }
    if (offset != target.offset()) {
      throw new IllegalArgumentException(
          "upload %s is copied to at %d, not at %d"
              .formatted(target.id(), target.offset(), offset));
    }
    PartManifest manifest = manifest(target);
    Multipart multipart = Objects.requireNonNull(multipart(target, manifest));
    long length = target.length().orElseThrow();
    return Faults.translated(
        "concatenate",
        target.id(),
        () -> {
          Copying copying =
              new Copying(manifest, stage(target, manifest), multipart, object(source));
          StoreNotes change = copying.run(place, length);
          return new StoredChunk(
              place.length(), PartManifest.both(change, tidied(target, manifest)));
        });
  }

  private PartialObject object(UploadSession source) {
    PartManifest manifest = manifest(source);
    String key = key(source, manifest.nonce());
    PartialObject object = new PartialObject(bucket, key, manifest, source.offset());
    return Faults.translated(
        "copy",
        source.id(),
        () -> {
          if (!object.exists()) {
            new Assembly(bucket, key, source, manifest)
                .run(stage(source, manifest), multipart(source, manifest));
          }
          return object;
        });
  }

  @Override
  public StoreNotes assemble(UploadSession session) {
    PartManifest manifest = manifest(session);
    if (manifest.isDone()) {
      return StoreNotes.NONE;
    }
    Assembly assembly =
        new Assembly(bucket, keys.destination(session.destination()), session, manifest);
    return Faults.translated(
        "assemble",
        session.id(),
        () -> {
          FragmentStage stage = stage(session, manifest);
          String etag = assembly.run(stage, multipart(session, manifest));
          stage.removeAll();
          return manifest.finished(etag);
        });
  }

  /**
   * {@inheritDoc}
   *
   * <p>A fragment and a record each: so a part of 8 MiB has no more of them than one of small
   * cells.
   */
  @Override
  public long leastPieceBytes() {
    return LEAST_PIECE_BYTES;
  }

  @Override
  public long maxLength() {
    return PartPlan.MAX_LENGTH;
  }

  @Override
  public long maxLength(UploadSession session) {
    return manifest(session).plan().capacity();
  }

  @Override
  public ReadableByteChannel read(UploadSession session, ByteRange range) {
    String key = keys.destination(session.destination());
    return Faults.translated(
        "read",
        session.id(),
        () -> range.isEmpty() ? ObjectChannel.empty() : new ObjectChannel(bucket.get(key, range)));
  }

  @Override
  public void discard(UploadSession session) {
    if (!PartManifest.isOf(session.notes())) {
      return;
    }
    PartManifest manifest = manifest(session);
    Faults.translated(
        "discard",
        session.id(),
        () -> {
          Multipart multipart = multipart(session, manifest);
          if (multipart != null) {
            multipart.abort();
          }
          stage(session, manifest).removeAll();
          String key = key(session, manifest.nonce());
          bucket
              .head(key)
              .filter(object -> Assembly.isWorkOf(object, manifest.nonce()))
              .ifPresent(ours -> bucket.delete(key));
          return true;
        });
  }

  @Override
  public void freeStrays() {
    Faults.translated(
        "free what no record names",
        () -> {
          strays.free();
          return true;
        });
  }

  /** Where the whole will be. A partial upload never appears under its destination. */
  private String key(UploadSession session, String nonce) {
    return session.isPartial()
        ? keys.partial(session.id(), nonce)
        : keys.destination(session.destination());
  }

  private static PartManifest manifest(UploadSession session) {
    try {
      return PartManifest.of(session.notes());
    } catch (IllegalArgumentException e) {
      throw new StorageUnavailableException(
          "could not read what is noted of upload " + session.id(), e);
    }
  }

  private FragmentStage stage(UploadSession session, PartManifest manifest) {
    return new FragmentStage(bucket, keys, session.id(), manifest.nonce());
  }

  private @Nullable Multipart multipart(UploadSession session, PartManifest manifest) {
    String key = key(session, manifest.nonce());
    return manifest.multipartId().map(id -> new Multipart(bucket, key, id)).orElse(null);
  }
}
