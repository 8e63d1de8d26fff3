package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ChunkStore;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of uploads in a bucket. A chunk that is a part goes straight to the multipart upload;
 * smaller ones wait as fragments until one comes that makes a part of them. An upload of less than
 * a part's minimum is put in one request when it is whole.
 *
 * <p>Keeps nothing but buffers: what it wants to find again is in the session's notes.
 */
final class S3ChunkStore implements ChunkStore {

  private final S3Bucket bucket;
  private final S3Keys keys;
  private final PartWish wish;
  private final Stages stages;
  private final Combining combining = new Combining();

  S3ChunkStore(S3Bucket bucket, S3Keys keys, PartWish wish, Stages stages) {
    this.bucket = bucket;
    this.keys = keys;
    this.wish = wish;
    this.stages = stages;
  }

  @Override
  public StoreNotes open(UploadSession session) {
    PartPlan plan = PartPlan.of(session.declaration(), wish);
    String key = keys.destination(session.destination());
    String nonce = Tokens.next();
    if (session.length().orElse(Long.MAX_VALUE) < PartPlan.MIN_PART_BYTES) {
      return PartManifest.opened(plan, nonce);
    }
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
    PartManifest manifest = PartManifest.of(session.notes());
    PieceWriter writer =
        new PieceWriter(
            manifest,
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

  @Override
  public StoreNotes assemble(UploadSession session) {
    PartManifest manifest = PartManifest.of(session.notes());
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
    PartManifest manifest = PartManifest.of(session.notes());
    Faults.translated(
        "discard",
        session.id(),
        () -> {
          Multipart multipart = multipart(session, manifest);
          if (multipart != null) {
            multipart.abort();
          }
          stage(session, manifest).removeAll();
          String key = keys.destination(session.destination());
          bucket
              .head(key)
              .filter(object -> Assembly.isWorkOf(object, manifest.nonce()))
              .ifPresent(ours -> bucket.delete(key));
          return true;
        });
  }

  private FragmentStage stage(UploadSession session, PartManifest manifest) {
    return new FragmentStage(bucket, keys, session.id(), manifest.nonce());
  }

  private @Nullable Multipart multipart(UploadSession session, PartManifest manifest) {
    String key = keys.destination(session.destination());
    return manifest.multipartId().map(id -> new Multipart(bucket, key, id)).orElse(null);
  }
}
