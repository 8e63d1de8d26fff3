package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.StoreNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Stores the pieces of one chunk, each as a part or as a fragment, and gathers what has to be
 * recorded. For one thread at a time.
 */
final class PieceWriter implements ChunkSink.PieceConsumer {

  private static final System.Logger LOG = System.getLogger(PieceWriter.class.getName());

  /** More than the cells of 64 KiB that make a part of 8 MiB. */
  private static final int LONGEST_RUN = 200;

  private final PartPlan plan;
  private final FragmentStage stage;
  private final @Nullable Multipart multipart;
  private final long length;
  private final List<Fragment> put = new ArrayList<>();
  private PartManifest manifest;
  private StoreNotes change = StoreNotes.NONE;
  private boolean unseen;

  /**
   * @param plan how the upload is cut, the bytes to be written included
   * @param multipart null for an upload that is put in one request
   * @param length of the upload, {@code Long.MAX_VALUE} if it is not known
   */
  PieceWriter(
      PartManifest manifest,
      PartPlan plan,
      FragmentStage stage,
      @Nullable Multipart multipart,
      long length) {
    this.manifest = manifest;
    this.plan = plan;
    this.stage = stage;
    this.multipart = multipart;
    this.length = length;
  }

  @Override
  public void accept(long offset, Content piece) {
    ByteRange range = ByteRange.at(offset, piece.length());
    int number = plan.partAt(offset);
    Optional<Content> part = partWith(range, piece, plan.part(number, length));
    if (multipart != null && part.isPresent()) {
      note(PartManifest.noting(multipart.upload(number, part.get())));
    } else {
      stage(range, piece, plan.part(number).start());
    }
  }

  /** Many fragments in a row become one: else tiny appends would swell the record. */
  private void stage(ByteRange range, Content piece, long partStart) {
    List<PartManifest.Slice> run = manifest().runUpTo(range.start(), partStart);
    Fragment fragment;
    if (run.size() < LONGEST_RUN) {
      fragment = stage.put(range.start(), piece);
    } else {
      List<Content> contents = new ArrayList<>(stage.contents(run));
      contents.add(piece);
      fragment = stage.put(run.getFirst().range().start(), new Joined(contents));
    }
    put.add(fragment);
    note(PartManifest.noting(fragment));
  }

  /**
   * Returns the whole part, if {@code piece} is all that it lacked. One that is recorded lacks
   * nothing, and whoever records after us may have removed its fragments already.
   */
  private Optional<Content> partWith(ByteRange range, Content piece, ByteRange part) {
    if (range.equals(part)) {
      return Optional.of(piece);
    }
    if (multipart == null || manifest().part(plan.partAt(range.start())).isPresent()) {
      return Optional.empty();
    }
    Optional<List<PartManifest.Slice>> before =
        manifest().fragmentsOf(new ByteRange(part.start(), range.start()));
    Optional<List<PartManifest.Slice>> behind =
        manifest().fragmentsOf(new ByteRange(range.end(), part.end()));
    if (before.isEmpty() || behind.isEmpty()) {
      return Optional.empty();
    }
    List<Content> contents = new ArrayList<>(stage.contents(before.get()));
    contents.add(piece);
    contents.addAll(stage.contents(behind.get()));
    return Optional.of(new Joined(contents));
  }

  private void note(StoreNotes more) {
    change = change.with(more);
    unseen = true;
  }

  /** Reading the notes again is worth it only if another piece comes. */
  private PartManifest manifest() {
    if (unseen) {
      manifest = manifest.with(change);
      unseen = false;
    }
    return manifest;
  }

  /** Returns what has to be recorded. */
  StoreNotes change() {
    return change;
  }

  /** Removes what was stored in vain, if it can; else it goes with the upload. */
  void undo() {
    try {
      stage.remove(put);
    } catch (SdkException e) {
      LOG.log(System.Logger.Level.DEBUG, "left over until the upload ends", e);
    }
  }
}
