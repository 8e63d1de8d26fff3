package dev.upload.core;

import dev.upload.core.port.PiecewiseBody;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many bytes of a body are taken at a time, so that its sender is told of them when it should
 * be. The first piece is small, as nobody knows yet how fast they come. For one thread.
 */
final class PieceSizes {

  /** Less costs more to record than it saves, as long as its sender is no slower than that. */
  private static final long LEAST_BYTES = 4 * 1024;

  private static final long FIRST_BYTES = 64 * 1024;
  private static final long ROUND_FROM_BYTES = 64 * 1024;

  private final long mostBytes;
  private final long leastBytes;
  private final long everyNanos;
  private final Duration time;
  private final LongSupplier nanoTime;
  private long next;
  private long beganNanos;

  /**
   * @param leastBytes for how many a piece waits whose time is over
   */
  PieceSizes(Progress progress, long leastBytes) {
    this(progress, leastBytes, System::nanoTime);
  }

  PieceSizes(Progress progress, long leastBytes, LongSupplier nanoTime) {
    this.mostBytes = progress.everyBytes();
    this.leastBytes = Math.min(leastBytes, mostBytes);
    this.everyNanos = progress.every().toNanos();
    this.time = progress.every().plus(progress.every().dividedBy(2));
    this.nanoTime = nanoTime;
    this.next = Math.min(FIRST_BYTES, mostBytes);
  }

  /**
   * Returns the bounds of the next piece, which begins at {@code offset}, and now. Large ones end
   * at round offsets: a store that keeps parts has none to put together then. So that those of a
   * steady sender do, there is half as much time again as they should need.
   */
  PiecewiseBody.Bounds next(long offset) {
    beganNanos = nanoTime.getAsLong();
    return new PiecewiseBody.Bounds(Math.max(leastBytes, rounded(offset)), leastBytes, time);
  }

  private long rounded(long offset) {
    if (next < ROUND_FROM_BYTES || next > Long.MAX_VALUE - offset) {
      return next;
    }
    long round = Long.highestOneBit(next);
    return (offset + next) / round * round - offset;
  }

  /** Takes note of how long the piece that began last took. */
  void took(long bytes) {
    long nanos = Math.max(1, nanoTime.getAsLong() - beganNanos);
    double due = (double) bytes * everyNanos / nanos;
    next = Math.clamp((long) due, Math.min(LEAST_BYTES, mostBytes), mostBytes);
  }
}
