package dev.upload.s3;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time, by two clocks: one goes on while the machine sleeps, the other cannot be put
 * back. What counts is the longer time of both.
 *
 * @param nanos as of {@link System#nanoTime()}
 */
record Moment(Instant wall, long nanos) {

  Duration until(Moment later) {
    Duration byWall = Duration.between(wall, later.wall);
    Duration byNanos = Duration.ofNanos(later.nanos - nanos);
    return byWall.compareTo(byNanos) > 0 ? byWall : byNanos;
  }
}
