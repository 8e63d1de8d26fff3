package dev.upload.http;

import dev.upload.core.LocalUploadLocks;
import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.UploadId;
import dev.upload.core.port.UploadLocks;
import dev.upload.core.testing.InMemorySessions;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Leases of which the next one can be held back when it is asked for. */
public final class HeldLocks implements UploadLocks {

  private final UploadLocks locks = new LocalUploadLocks(Duration.ofSeconds(20));
  private volatile Hold hold = new Hold(0, new CountDownLatch(0), new CountDownLatch(0));

  /** Uploads with such leases, where {@code test.held-locks} is said. */
  @Factory
  @Requires(property = "test.held-locks")
  static final class Wiring {
    @Singleton
    HeldLocks locks() {
      return new HeldLocks();
    }

    @Singleton
    @Replaces(value = Uploads.class, factory = TestBeans.class)
    Uploads uploads(WatchedStore store, InMemorySessions sessions, HeldLocks locks) {
      return Uploads.over(store, sessions).locks(locks).build();
    }
  }

  /**
   * Somebody who is held back.
   *
   * @param offset from which on he asks for his lease
   * @param arrived counted down when he does
   * @param released to be counted down for him to go on
   */
  public record Hold(long offset, CountDownLatch arrived, CountDownLatch released) {}

  /** Holds whoever asks next for a lease from {@code offset} on. */
  public Hold holdNext(long offset) {
    hold = new Hold(offset, new CountDownLatch(1), new CountDownLatch(1));
    return hold;
  }

  @Override
  public Lease acquire(UploadId id, ByteRange span, Takeover takeover, Holder holder) {
    Hold current = hold;
    if (span.start() == current.offset() && current.arrived().getCount() > 0) {
      current.arrived().countDown();
      await(current.released());
    }
    return locks.acquire(id, span, takeover, holder);
  }

  @Override
  public <T> T inTurn(UploadId id, Supplier<T> work) {
    return locks.inTurn(id, work);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
