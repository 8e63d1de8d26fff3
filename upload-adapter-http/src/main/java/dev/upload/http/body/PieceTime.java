package dev.upload.http.body;

import dev.upload.core.port.PiecewiseBody;

/** The clock of one piece of a body, which runs from its beginning on. For one thread. */
final class PieceTime {

  /** More than anybody waits. */
  private static final long FOREVER = Long.MAX_VALUE;

  /** What ends with its body only. */
  static final PieceTime ENDLESS = new PieceTime(PiecewiseBody.Bounds.of(Long.MAX_VALUE));

  private final PiecewiseBody.Bounds bounds;
  private final long nanos;
  private final long began;

  PieceTime(PiecewiseBody.Bounds bounds) {
    this.bounds = bounds;
    this.nanos = bounds.isTimed() ? bounds.time().toNanos() : FOREVER;
    this.began = bounds.isTimed() ? System.nanoTime() : 0;
  }

  /** Returns for how long bytes are waited for by the clock; 0 once its time is over. */
  long nanosLeft() {
    return nanos == FOREVER ? FOREVER : Math.max(0, nanos - (System.nanoTime() - began));
  }

  /** Tells whether so many nanoseconds are an end of waiting: neither none nor all there are. */
  static boolean isLimit(long nanosLeft) {
    return nanosLeft > 0 && nanosLeft < FOREVER;
  }

  /** Returns how many bytes are wanted of a piece that has {@code taken}, at most. */
  long room(long taken) {
    return bounds.most() - taken;
  }

  /** Returns how many it lacks of the least that it has to have, if any. */
  long lacking(long taken) {
    return Math.max(0, bounds.least() - taken);
  }

  /** Tells whether a piece that has {@code taken} bytes ends here. */
  boolean isEnoughWith(long taken) {
    return room(taken) == 0 || (lacking(taken) == 0 && nanosLeft() == 0);
  }
}
