package dev.upload.app.kills;

import dev.upload.app.e2e.Storage;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** When the app is killed. */
sealed interface Moment {

  /** So long after its process was started, ready or not. */
  record Starting(Duration after) implements Moment {}

  /** So long after it was ready. */
  record Working(Duration after) implements Moment {}

  /** When it comes to {@code point} for the {@code times}th time. */
  record At(KillPoint point, int times) implements Moment {}

  /** Returns the next one: kinds take turns, the rest is chance. */
  static Moment next(int number, Storage.Kind store, Random random) {
    return switch (number % 4) {
      case 1 -> new Starting(Duration.ofMillis(random.nextInt(50, 1_000)));
      case 0, 2 -> new Working(Duration.ofMillis(random.nextInt(20, 1_500)));
      default -> {
        List<KillPoint> points = KillPoint.of(store);
        yield new At(points.get(random.nextInt(points.size())), random.nextInt(1, 9));
      }
    };
  }

  /** Returns what kind of moment it is. */
  default String kind() {
    return switch (this) {
      case Starting _ -> "while starting";
      case Working _ -> "while working";
      case At at -> "at " + at.point();
    };
  }
}
