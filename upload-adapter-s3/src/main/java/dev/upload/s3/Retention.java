package dev.upload.s3;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long what is superseded stays, and what follows from it.
 *
 * @param trust for how long it can be relied on that what was seen has not come and gone; at most a
 *     third of {@code keep}
 * @param keep for how long a version is kept after the one behind it was created
 * @param tombstones for how long it is remembered that a session was deleted: longer than a request
 *     that was signed before can still arrive
 */
record Retention(Duration trust, Duration keep, Duration tombstones, Supplier<Moment> clock) {

  Retention {
    if (trust.multipliedBy(3).compareTo(keep) > 0) {
      throw new IllegalArgumentException(
          "to trust for %s is too long for versions that are kept for %s".formatted(trust, keep));
    }
  }

  /** Versions stay for a minute; a deletion is remembered for a day. */
  static Retention standard(Supplier<Moment> clock) {
    return new Retention(Duration.ofSeconds(20), Duration.ofSeconds(62), Duration.ofDays(1), clock);
  }

  Moment now() {
    return clock.get();
  }
}
