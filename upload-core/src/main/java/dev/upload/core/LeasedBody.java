package dev.upload.core;

import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.PiecewiseBody;
import dev.upload.core.port.UploadLocks;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A chunk's body under a lease: bounded, watched for progress, and cut when a newcomer takes the
 * lease over.
 */
final class LeasedBody implements ChunkBody, UploadLocks.Holder {

  /** After this long without a byte a sender may be given up for another one. */
  static final Duration STALLED_AFTER = Duration.ofSeconds(10);

  private final ChunkBody body;
  private final long maxBytes;
  private final Rejection overlong;
  private final LongSupplier nanoTime;
  private volatile long lastProgressNanos;
  private volatile boolean draining;
  private long taken; // the reader's own

  /**
   * @param maxBytes a longer body is refused as {@code overlong} before its surplus reaches the
   *     store
   */
  LeasedBody(ChunkBody body, long maxBytes, Rejection overlong) {
    this(body, maxBytes, overlong, System::nanoTime);
  }

  LeasedBody(ChunkBody body, long maxBytes, Rejection overlong, LongSupplier nanoTime) {
    this.body = body;
    this.maxBytes = maxBytes;
    this.overlong = overlong;
    this.nanoTime = nanoTime;
  }

  /** Returns the body of {@code chunk}, of which {@code maxBytes} are taken. */
  static LeasedBody of(Chunk chunk, ChunkBody body, long maxBytes) {
    return new LeasedBody(
        body,
        maxBytes,
        chunk.length().isPresent()
            ? new Rejection.Malformed(
                "body", "it is longer than the %d bytes announced".formatted(maxBytes))
            : new Rejection.TooLarge("body", maxBytes, maxBytes + 1));
  }

  @Override
  public long transferTo(WritableByteChannel sink) throws IOException {
    return counted(body.transferTo(bounded(sink)));
  }

  /**
   * Returns what comes next: a piece within {@code bounds}, or all the rest where the body does not
   * come in pieces.
   */
  Piece next(PiecewiseBody.Bounds bounds) {
    if (!(body instanceof PiecewiseBody pieces)) {
      return new Piece(sink -> new PiecewiseBody.Piece(body.transferTo(sink), true));
    }
    boolean toTheEnd = bounds.most() >= maxBytes - taken;
    PiecewiseBody.Bounds within = toTheEnd ? bounds.ofTimeOnly() : bounds;
    return new Piece(sink -> pieces.transferTo(sink, within));
  }

  private WritableByteChannel bounded(WritableByteChannel sink) {
    progressed();
    draining = true;
    return BoundedChannel.to(sink, maxBytes - taken, overlong, this::progressed);
  }

  private long counted(long count) {
    taken += count;
    return count;
  }

  private void progressed() {
    lastProgressNanos = nanoTime.getAsLong();
  }

  @Override
  public boolean truncated() {
    return body.truncated();
  }

  /** Whoever had to wait for the lease is given its time once its bytes are asked for. */
  @Override
  public boolean stalled() {
    return draining && nanoTime.getAsLong() - lastProgressNanos > STALLED_AFTER.toNanos();
  }

  @Override
  public void cut() {
    body.cut();
  }

  /** Moves bytes into a sink. */
  private interface Transfer {
    PiecewiseBody.Piece to(WritableByteChannel sink) throws IOException;
  }

  /**
   * One piece of the body, drained once. To a store one behind which something may come is as one
   * that broke off: it is no end of anything.
   */
  final class Piece implements ChunkBody {

    private final Transfer transfer;
    private boolean over;

    private Piece(Transfer transfer) {
      this.transfer = transfer;
    }

    /** Behind all that may come there is only the end, or too much: that is waited for. */
    @Override
    public long transferTo(WritableByteChannel sink) throws IOException {
      WritableByteChannel bounded = bounded(sink);
      PiecewiseBody.Piece piece = transfer.to(bounded);
      long count = counted(piece.bytes());
      over = piece.last();
      if (!over && taken == maxBytes) {
        count += counted(body.transferTo(bounded));
        over = true;
      }
      return count;
    }

    /** Tells, once it was drained, whether nothing comes behind it. */
    boolean isLast() {
      return over || LeasedBody.this.truncated();
    }

    @Override
    public boolean truncated() {
      return !over || LeasedBody.this.truncated();
    }

    @Override
    public void cut() {
      LeasedBody.this.cut();
    }
  }
}
