package dev.upload.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for what happens on another thread. */
public final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Eventually() {}

  /** Returns what {@code value} is when it has not changed for a while. */
  public static long standsStill(LongSupplier value) throws InterruptedException {
    long seen = -1;
    while (value.getAsLong() != seen || seen == 0) {
      seen = value.getAsLong();
      Thread.sleep(500);
    }
    return seen;
  }

  /** Returns as soon as {@code condition} holds, and false if it does not in good time. */
  public static boolean holds(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.sleep(5);
    }
    return condition.getAsBoolean();
  }
}
