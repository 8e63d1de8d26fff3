package dev.upload.app.bench;

import java.util.Locale;

/** A figure that has to reach a limit, or stay below it. */
record Aim(String text, double actual, Direction direction, double limit) {

  /** On which side of the limit is met. */
  enum Direction {
    AT_LEAST("at least"),
    AT_MOST("at most");

    private final String words;

    Direction(String words) {
      this.words = words;
    }
  }

  boolean met() {
    return switch (direction) {
      case AT_LEAST -> actual >= limit;
      case AT_MOST -> actual <= limit;
    };
  }

  String verdict() {
    return String.format(
        Locale.ROOT, "%-6s  %-58s %7.2f, aim: %s", met() ? "met" : "MISSED", text, actual, bound());
  }

  /** The limit in words. */
  String bound() {
    return String.format(Locale.ROOT, "%s %.2f", direction.words, limit);
  }
}
