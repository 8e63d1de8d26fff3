package dev.upload.app.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what happens soon, but in a process that nobody can wait for otherwise. */
public final class Eventually {

  private static final Duration PAUSE = Duration.ofMillis(50);

  private Eventually() {}

  /** Returns once {@code condition} holds. */
  public static void holds(String what, Duration limit, Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within %s: %s".formatted(limit, what));
      }
      pause();
    }
  }

  public static void pause() {
    LockSupport.parkNanos(PAUSE.toNanos());
  }
}
