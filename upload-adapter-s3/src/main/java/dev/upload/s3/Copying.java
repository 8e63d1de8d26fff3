package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadRejectedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Puts the bytes of one partial upload behind those of others. Parts that lie within it are copied
 * by the store; what makes a part with its neighbours' bytes goes the way of a chunk, through here.
 */
final class Copying {

  private static final int AT_ONCE = 8;
  private static final int NOT_IMPLEMENTED = 501;

  private final PartManifest recorded;
  private final FragmentStage stage;
  private final Multipart target;
  private final PartialObject source;

  /**
   * @param recorded of the upload that is made of others
   */
  Copying(PartManifest recorded, FragmentStage stage, Multipart target, PartialObject source) {
    this.recorded = recorded;
    this.stage = stage;
    this.target = target;
    this.source = source;
  }

  /**
   * Copies, and returns what has to be recorded.
   *
   * @param place of the source's bytes in the target; all before it is recorded
   * @param length of the target
   */
  StoreNotes run(ByteRange place, long length) throws IOException {
    PartPlan plan = recorded.plan().cutFor(place, length);
    requireRoom(plan, place, length);
    PieceWriter writer = new PieceWriter(recorded, plan, stage, target, length);
    List<Callable<StoredPart>> copies = new ArrayList<>();
    boolean kept = false;
    try {
      for (ByteRange piece : pieces(plan, place, length)) {
        int number = plan.partAt(piece.start());
        ByteRange range = ByteRange.at(piece.start() - place.start(), piece.length());
        if (piece.equals(plan.part(number, length)) && source.isCopyable(range)) {
          copies.add(() -> copied(number, range));
        } else {
          writer.accept(piece.start(), source.content(range));
        }
      }
      StoreNotes change = writer.change();
      for (StoredPart part : sideBySide(copies)) {
        change = PartManifest.both(change, PartManifest.noting(part));
      }
      kept = true;
      return change;
    } finally {
      if (!kept) {
        writer.undo();
      }
    }
  }

  private static void requireRoom(PartPlan plan, ByteRange place, long length) {
    if (length > plan.capacity()) {
      throw new UploadRejectedException(new Rejection.TooLarge("length", plan.capacity(), length));
    }
    int count = plan.count(place.end());
    if (count > PartPlan.MAX_PARTS) {
      throw new UploadRejectedException(new Rejection.TooLarge("parts", PartPlan.MAX_PARTS, count));
    }
  }

  /** Returns {@code place}, cut where parts end. */
  private static List<ByteRange> pieces(PartPlan plan, ByteRange place, long length) {
    List<ByteRange> pieces = new ArrayList<>();
    long at = place.start();
    while (at < place.end()) {
      long partEnd = plan.part(plan.partAt(at), length).end();
      ByteRange piece = new ByteRange(at, Math.min(partEnd, place.end()));
      pieces.add(piece);
      at = piece.end();
    }
    return pieces;
  }

  private StoredPart copied(int number, ByteRange range) throws IOException {
    try {
      return target.copy(number, source, range);
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_IMPLEMENTED) {
        throw e;
      }
      return target.upload(number, source.content(range));
    }
  }

  private static List<StoredPart> sideBySide(List<Callable<StoredPart>> copies) throws IOException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      List<StoredPart> parts = new ArrayList<>();
      for (Future<StoredPart> copy : threads.invokeAll(copies)) {
        parts.add(copy.get());
      }
      return parts;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IOException("a part could not be copied", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while parts were copied", e);
    }
  }
}
