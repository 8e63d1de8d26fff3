package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedForceTest {

  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger forced = new AtomicInteger();
  private final AtomicInteger forces = new AtomicInteger();

  @Test
  void servesOneCallerAtOnce() throws IOException {
    SharedForce force = new SharedForce(forces::incrementAndGet);

    force.run();
    force.run();

    assertThat(forces).hasValue(2);
  }

  @Test
  void servesAllWhoCameDuringAForceWithTheNextOne() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    SharedForce force =
        new SharedForce(
            () -> {
              forces.incrementAndGet();
              begun.countDown();
              awaitQuietly(go);
            });
    FutureTask<Boolean> first = calling(force);
    Thread.startVirtualThread(first);
    begun.await();

    List<FutureTask<Boolean>> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      others.add(calling(force));
      awaitWaiting(Thread.ofPlatform().start(others.getLast()));
    }
    go.countDown();

    assertThat(first.get()).isTrue();
    for (FutureTask<Boolean> other : others) {
      assertThat(other.get()).isTrue();
    }
    assertThat(forces).hasValue(2);
  }

  private static FutureTask<Boolean> calling(SharedForce force) {
    return new FutureTask<>(() -> run(force));
  }

  private static void awaitWaiting(Thread caller) throws InterruptedException {
    while (caller.isAlive() && caller.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
  }

  @Test
  void coversWhateverWasWrittenBeforeTheCall() throws Exception {
    SharedForce force = new SharedForce(() -> forced.set(written.get()));
    List<Future<Boolean>> callers = new ArrayList<>();

    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 20_000; i++) {
        callers.add(
            threads.submit(
                () -> {
                  int mine = written.incrementAndGet();
                  force.run();
                  return forced.get() >= mine;
                }));
      }
    }

    for (Future<Boolean> caller : callers) {
      assertThat(caller.get()).isTrue();
    }
  }

  @Test
  void failsForEverybodyWhomItWasToServeAndNobodyElse() throws IOException {
    SharedForce force =
        new SharedForce(
            () -> {
              if (forces.incrementAndGet() == 1) {
                throw new IOException("the disk is gone");
              }
            });

    assertThatThrownBy(force::run).hasRootCauseMessage("the disk is gone");
    force.run();
  }

  private static boolean run(SharedForce force) throws IOException {
    force.run();
    return true;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
