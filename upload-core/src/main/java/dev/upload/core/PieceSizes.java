package dev.upload.core;

import java.util.function.LongSupplier;

/**
 * How many bytes of a body are taken at a time, so that its sender is told of them when it should
 * be. The first piece is small, as nobody knows yet how fast they come. For one thread.
 */
final class PieceSizes {

  /** Less costs more to record than it saves. */
  private static final long LEAST_BYTES = 4 * 1024;

  private static final long FIRST_BYTES = 64 * 1024;
  private static final long ROUND_FROM_BYTES = 64 * 1024;

  private final long mostBytes;
  private final long everyNanos;
  private final LongSupplier nanoTime;
  private long next;
  private long beganNanos;

  PieceSizes(Progress progress) {
    this(progress, System::nanoTime);
  }

  PieceSizes(Progress progress, LongSupplier nanoTime) {
    this.mostBytes = progress.everyBytes();
    this.everyNanos = progress.every().toNanos();
    this.nanoTime = nanoTime;
    this.next = Math.min(FIRST_BYTES, mostBytes);
  }

  /**
   * Returns how many bytes the next piece may have, which begins at {@code offset}, and now. Large
   * ones end at round offsets: a store that keeps parts has none to put together then.
   */
  long next(long offset) {
    beganNanos = nanoTime.getAsLong();
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
