package dev.upload.fs;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets callers that come together share one force. Whoever comes while one runs is served by the
 * next, for what it wants forced may have come too late for the one that runs; nobody waits for
 * more than those two, and nobody who is alone waits at all.
 */
final class SharedForce {

  private final Force force;
  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicReference<Round> next = new AtomicReference<>(new Round());

  SharedForce(Force force) {
    this.force = force;
  }

  /** What is shared. */
  @FunctionalInterface
  interface Force {
    void run() throws IOException;
  }

  /** One force; the first to come runs it. */
  private static final class Round {
    final AtomicBoolean led = new AtomicBoolean();
    final CompletableFuture<Void> done = new CompletableFuture<>();
  }

  /** Returns when everything that was written before this call is forced. */
  void run() throws IOException {
    Round round = next.get();
    if (round.led.compareAndSet(false, true)) {
      lead(round);
    }
    try {
      round.done.join();
    } catch (CompletionException e) {
      throw new IOException("a force that several callers share failed", e.getCause());
    }
  }

  private void lead(Round round) {
    turn.lock();
    try {
      next.set(new Round()); // nobody joins from here on
      force.run();
      round.done.complete(null);
    } catch (IOException | RuntimeException e) {
      round.done.completeExceptionally(e);
    } finally {
      turn.unlock();
    }
  }
}
