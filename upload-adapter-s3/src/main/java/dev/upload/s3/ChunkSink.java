package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a chunk, as it arrives, into pieces that do not cross the border of a part.
 *
 * <p>A piece is handed on when bytes come behind it, the last one by {@link #finish()}: so a chunk
 * of one piece is handed on only after its body has ended well.
 */
final class ChunkSink implements WritableByteChannel {

  private final Stages stages;
  private final PartPlan plan;
  private final long pieceBytes;
  private final long announcedEnd;
  private final PieceSender sender;

  private long start;
  private long end;
  private long at;
  private @Nullable Stage stage;

  /** Takes pieces in order, one at a time, perhaps on another thread. */
  interface PieceConsumer {
    /**
     * Takes a piece, whose bytes are gone when this returns.
     *
     * @param offset of its first byte in the upload
     */
    void accept(long offset, Content piece);
  }

  ChunkSink(Chunk chunk, PartPlan plan, long pieceBytes, Stages stages, PieceConsumer consumer) {
    this.stages = stages;
    this.plan = plan;
    this.pieceBytes = pieceBytes;
    sender = new PieceSender(consumer);
    announcedEnd = chunk.range().end();
    at = chunk.offset();
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = source.remaining();
    while (source.hasRemaining()) {
      Stage current = stageWithRoom();
      int taken = (int) Math.min(source.remaining(), end - at);
      current.append(source.slice(source.position(), taken));
      source.position(source.position() + taken);
      at += taken;
    }
    return count;
  }

  private Stage stageWithRoom() throws IOException {
    Stage current = stage;
    if (current != null && at < end) {
      return current;
    }
    handOn();
    if (at >= plan.capacity()) {
      throw new UploadRejectedException(new Rejection.TooLarge("length", plan.capacity(), at + 1));
    }
    ByteRange part = plan.part(plan.partAt(at));
    long limit = at < announcedEnd ? Math.min(announcedEnd, part.end()) : part.end();
    start = at;
    end = Math.min(limit, at + pieceBytes);
    Stage next = stages.open(end - start);
    stage = next;
    return next;
  }

  private void handOn() {
    Stage full = stage;
    if (full != null) {
      stage = null;
      sender.begin(start, full);
    }
  }

  /** Hands the last piece on, if there is one, and returns when all have been taken. */
  void finish() {
    Stage last = stage;
    stage = null;
    if (last == null) {
      sender.await();
    } else {
      sender.send(start, last);
    }
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /** Drops the piece that was not handed on, and waits for the one that was. */
  @Override
  public void close() {
    Stage last = stage;
    stage = null;
    if (last != null) {
      last.close();
    }
    sender.abandon();
  }
}
