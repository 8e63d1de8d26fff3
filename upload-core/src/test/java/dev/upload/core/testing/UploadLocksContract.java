package dev.upload.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.port.UploadLocks;
import dev.upload.core.port.UploadLocks.Lease;
import dev.upload.core.port.UploadLocks.Takeover;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link UploadLocks} owes. */
@Timeout(60)
public abstract class UploadLocksContract {

  private final UploadId id = Sessions.newId();

  /** Returns locks that tell a newcomer {@code Busy} after {@code maxWait}. */
  protected abstract UploadLocks locks(Duration maxWait);

  @Test
  void grantsDisjointRangesSideBySide() {
    UploadLocks locks = locks(Duration.ZERO);

    try (Lease first = acquire(locks, 0, 10, new Writer());
        Lease second = acquire(locks, 10, 20, new Writer())) {
      assertThat(first).isNotSameAs(second);
    }
  }

  @Test
  void keepsUploadsApart() {
    UploadLocks locks = locks(Duration.ZERO);

    try (Lease first = acquire(locks, 0, 10, new Writer());
        Lease second =
            locks.acquire(
                Sessions.newId(), ByteRange.EVERYTHING, Takeover.WHEN_STALLED, new Writer())) {
      assertThat(first).isNotSameAs(second);
    }
  }

  @Test
  void tellsANewcomerThatTheRangeIsBusy() {
    UploadLocks locks = locks(Duration.ofMillis(50));
    Writer writer = new Writer();

    try (Lease lease = acquire(locks, 0, 10, writer)) {
      assertThatThrownBy(() -> acquire(locks, 9, 12, new Writer()))
          .isInstanceOfSatisfying(
              UploadRejectedException.class,
              e -> assertThat(e.rejection()).isEqualTo(new Rejection.Busy()));
      assertThat(lease).isNotNull();
    }
    assertThat(writer.cut.getCount()).isEqualTo(1);
  }

  @Test
  void letsANewcomerInWhenTheHolderIsDone() throws Exception {
    UploadLocks locks = locks(Duration.ofSeconds(20));
    Lease first = acquire(locks, 0, 10, new Writer());

    CompletableFuture<Lease> second =
        CompletableFuture.supplyAsync(() -> acquire(locks, 0, 10, new Writer()));
    first.close();
    first.close();

    second.get().close();
  }

  @Test
  void cutsAHolderAtOnceWhereAskedTo() throws Exception {
    UploadLocks locks = locks(Duration.ofSeconds(20));
    Writer writer = new Writer();
    Lease first = acquire(locks, 0, 10, writer);

    CompletableFuture<Lease> newcomer =
        CompletableFuture.supplyAsync(
            () -> locks.acquire(id, ByteRange.from(5), Takeover.AT_ONCE, new Writer()));

    assertThat(writer.cut.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(newcomer).isNotDone();
    first.close();
    newcomer.get().close();
  }

  @Test
  void cutsAHolderThatStalls() throws Exception {
    UploadLocks locks = locks(Duration.ofSeconds(20));
    Writer writer = new Writer();
    Lease first = acquire(locks, 0, 10, writer);
    CompletableFuture<Lease> newcomer =
        CompletableFuture.supplyAsync(() -> acquire(locks, 0, 10, new Writer()));

    assertThat(writer.cut.await(500, TimeUnit.MILLISECONDS)).isFalse();
    writer.stalled = true;

    assertThat(writer.cut.await(20, TimeUnit.SECONDS)).isTrue();
    first.close();
    newcomer.get().close();
  }

  @Test
  void turnsAnInterruptedNewcomerAway() {
    UploadLocks locks = locks(Duration.ofSeconds(20));
    try (Lease lease = acquire(locks, 0, 10, new Writer())) {
      CompletableFuture<Lease> newcomer =
          CompletableFuture.supplyAsync(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  return acquire(locks, 0, 10, new Writer());
                } finally {
                  Thread.interrupted(); // the thread is the pool's: the next test gets it as it was
                }
              });

      assertThatThrownBy(newcomer::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UploadRejectedException.class);
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void turnsAnOlderOneAwayOnceANewerOneHasTakenOver() {
    UploadLocks locks = locks(Duration.ofSeconds(20));

    locks.inTurn(
        id,
        () -> {
          takenOver(locks).close();
          locks.inTurn(id, () -> takenOver(locks)).close();

          assertOutdated(() -> takenOver(locks));
          return true;
        });

    takenOver(locks).close(); // who comes now is the newest
  }

  @Test
  void turnsAnOlderOneAwayThatWaits() throws Exception {
    UploadLocks locks = locks(Duration.ofSeconds(20));
    Lease first = acquire(locks, 0, 10, new Writer());
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Lease> older =
        started(
            () ->
                locks.inTurn(
                    id,
                    () -> {
                      begun.countDown();
                      return takenOver(locks);
                    }));
    begun.await();

    CompletableFuture<Lease> newer = started(() -> takenOver(locks));

    assertOutdated(() -> older.join());
    assertThat(newer).isNotDone();
    first.close();
    newer.get().close();
  }

  @Test
  void whoEndsAnUploadIsNotKeptOutByThoseWhoComeLater() throws Exception {
    UploadLocks locks = locks(Duration.ofSeconds(20));
    Writer writer = new Writer();
    Lease first = acquire(locks, 0, 10, writer);
    CompletableFuture<Lease> ending =
        started(() -> locks.acquire(id, ByteRange.EVERYTHING, Takeover.FOR_GOOD, new Writer()));
    assertThat(writer.cut.await(20, TimeUnit.SECONDS)).isTrue();

    Thread later = Thread.ofVirtual().start(() -> takenOver(locks).close());
    while (later.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait(); // until it waits for its turn
    }
    first.close();

    ending.get().close();
    later.join();
  }

  /** Threads of the common pool may be fewer than those who wait for each other. */
  private static <T> CompletableFuture<T> started(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
  }

  @Test
  void aTurnIsOfOneUpload() {
    UploadLocks locks = locks(Duration.ZERO);

    Lease lease =
        locks.inTurn( // so that what follows is remembered
            id,
            () ->
                locks.inTurn(
                    Sessions.newId(),
                    () -> {
                      locks.inTurn(id, () -> takenOver(locks)).close();
                      return takenOver(locks);
                    }));

    assertThat(lease).isNotNull();
  }

  @Test
  void whoWaitsForOthersInTheirCellsIsNeverTooOld() {
    UploadLocks locks = locks(Duration.ZERO);

    Lease lease =
        locks.inTurn(
            id,
            () -> {
              takenOver(locks).close();
              locks.inTurn(id, () -> takenOver(locks)).close();
              return acquire(locks, 0, 10, new Writer());
            });

    assertThat(lease).isNotNull();
  }

  private Lease takenOver(UploadLocks locks) {
    return locks.acquire(id, ByteRange.EVERYTHING, Takeover.AT_ONCE, new Writer());
  }

  private static void assertOutdated(ThrowingCallable call) {
    assertThatThrownBy(call)
        .extracting(e -> e instanceof CompletionException ? e.getCause() : e)
        .isInstanceOfSatisfying(
            UploadRejectedException.class,
            e -> assertThat(e.rejection()).isEqualTo(new Rejection.Outdated()));
  }

  private Lease acquire(UploadLocks locks, long start, long end, Writer writer) {
    return locks.acquire(id, new ByteRange(start, end), Takeover.WHEN_STALLED, writer);
  }

  private static final class Writer implements UploadLocks.Holder {
    final CountDownLatch cut = new CountDownLatch(1);
    volatile boolean stalled;

    @Override
    public boolean stalled() {
      return stalled;
    }

    @Override
    public void cut() {
      cut.countDown();
    }
  }
}
