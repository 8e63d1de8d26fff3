package dev.upload.core;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.port.UploadLocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Leases among the threads of one process.
 *
 * <p>One lock guards the table; nothing slow happens under it. Newcomers in one another's way are
 * served in no particular order.
 */
public final class LocalUploadLocks implements UploadLocks {

  /** How often a waiting newcomer looks whether the one in its way has stalled. */
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final long maxWaitNanos;
  private final ReentrantLock table = new ReentrantLock();
  private final Map<UploadId, Queue> queues = new HashMap<>();

  /**
   * @param maxWait after this long a newcomer is told {@code Busy}
   */
  public LocalUploadLocks(Duration maxWait) {
    this.maxWaitNanos = maxWait.toNanos();
  }

  /** The leases of one upload and those who wait for one; guarded by {@code table}. */
  private final class Queue {
    final List<Held> held = new ArrayList<>(4);
    final Condition released = table.newCondition();
    int waiting;
  }

  private final class Held implements Lease {
    final UploadId id;
    final ByteRange span;
    final Holder holder;

    Held(UploadId id, ByteRange span, Holder holder) {
      this.id = id;
      this.span = span;
      this.holder = holder;
    }

    @Override
    public void close() {
      table.lock();
      try {
        Queue queue = queues.get(id);
        if (queue != null && queue.held.remove(this)) {
          queue.released.signalAll();
          forgetIfUnused(id, queue);
        }
      } finally {
        table.unlock();
      }
    }
  }

  @Override
  public Lease acquire(UploadId id, ByteRange span, Takeover takeover, Holder holder) {
    Held lease = new Held(id, span, holder);
    table.lock();
    try {
      Queue queue = queues.computeIfAbsent(id, key -> new Queue());
      queue.waiting++;
      try {
        awaitFree(queue, lease, takeover);
        queue.held.add(lease);
      } finally {
        queue.waiting--;
        forgetIfUnused(id, queue);
      }
    } finally {
      table.unlock();
    }
    return lease;
  }

  private void awaitFree(Queue queue, Held newcomer, Takeover takeover) {
    long deadline = System.nanoTime() + maxWaitNanos;
    while (cutThoseInTheWay(queue, newcomer, takeover)) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new UploadRejectedException(new Rejection.Busy());
      }
      try {
        queue.released.awaitNanos(Math.min(left, LOOK_AGAIN_NANOS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UploadRejectedException(new Rejection.Busy());
      }
    }
  }

  /** Returns whether anybody is in the way. */
  private static boolean cutThoseInTheWay(Queue queue, Held newcomer, Takeover takeover) {
    boolean blocked = false;
    for (Held other : queue.held) {
      if (other.span.overlaps(newcomer.span)) {
        blocked = true;
        if (takeover == Takeover.AT_ONCE || other.holder.stalled()) {
          other.holder.cut();
        }
      }
    }
    return blocked;
  }

  private void forgetIfUnused(UploadId id, Queue queue) {
    if (queue.held.isEmpty() && queue.waiting == 0) {
      queues.remove(id, queue);
    }
  }
}
