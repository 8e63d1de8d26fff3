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
   * Returns what comes next: {@code max} bytes, or all the rest where there may be no more than
   * that, or the body does not come in pieces.
   */
  Piece next(long max) {
    return body instanceof PiecewiseBody pieces && max < maxBytes - taken
        ? new Piece(sink -> pieces.transferTo(sink, max), max)
        : new Piece(body::transferTo, Long.MAX_VALUE);
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

  /** Moves bytes into a sink, and returns how many. */
  private interface Transfer {
    long to(WritableByteChannel sink) throws IOException;
  }

  /** One piece of the body, drained once. */
  final class Piece implements ChunkBody {

    private final Transfer transfer;
    private final long max;
    private boolean over;

    private Piece(Transfer transfer, long max) {
      this.transfer = transfer;
      this.max = max;
    }

    @Override
    public long transferTo(WritableByteChannel sink) throws IOException {
      long count = counted(transfer.to(bounded(sink)));
      over = count < max;
      return count;
    }

    /** Tells, before it was drained, whether it is all the rest. */
    boolean isRest() {
      return max == Long.MAX_VALUE;
    }

    /** Tells, once it was drained, whether nothing comes behind it. */
    boolean isLast() {
      return over || truncated();
    }

    @Override
    public boolean truncated() {
      return LeasedBody.this.truncated();
    }

    @Override
    public void cut() {
      LeasedBody.this.cut();
    }
  }
}
