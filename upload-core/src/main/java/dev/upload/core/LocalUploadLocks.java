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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Leases among the threads of one process.
 *
 * <p>One lock guards the table; nothing slow happens under it. Newcomers in one another's way are
 * served in no particular order, but none who takes over at once behind one who has come later. An
 * upload is known here only while it is leased, somebody waits for it, or is in a turn.
 */
public final class LocalUploadLocks implements UploadLocks {

  /** How often a waiting newcomer looks whether the one in its way has stalled. */
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final long NEVER_TOO_OLD = Long.MAX_VALUE;

  private final long maxWaitNanos;
  private final ReentrantLock table = new ReentrantLock();
  private final Map<UploadId, Queue> queues = new HashMap<>();
  private final ThreadLocal<Optional<Turn>> turn = ThreadLocal.withInitial(Optional::empty);
  private long arrivals; // guarded by table

  /**
   * @param maxWait after this long a newcomer is told {@code Busy}
   */
  public LocalUploadLocks(Duration maxWait) {
    this.maxWaitNanos = maxWait.toNanos();
  }

  /**
   * The leases of one upload, those who wait for one, and those who may ask for one yet; guarded by
   * {@code table}.
   */
  private final class Queue {
    final List<Held> held = new ArrayList<>(4);
    final Condition released = table.newCondition();
    int waiting;
    int turns;
    long newest;
  }

  /** When a request for an upload has come. */
  private record Turn(UploadId id, long number) {}

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
  public <T> T inTurn(UploadId id, Supplier<T> work) {
    Optional<Turn> outer = turn.get();
    Turn own = begun(id);
    turn.set(Optional.of(own));
    try {
      return work.get();
    } finally {
      turn.set(outer);
      ended(own);
    }
  }

  private Turn begun(UploadId id) {
    table.lock();
    try {
      queues.computeIfAbsent(id, key -> new Queue()).turns++;
      return new Turn(id, ++arrivals);
    } finally {
      table.unlock();
    }
  }

  private void ended(Turn own) {
    table.lock();
    try {
      Queue queue = queues.get(own.id());
      if (queue != null) {
        queue.turns--;
        forgetIfUnused(own.id(), queue);
      }
    } finally {
      table.unlock();
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
        long number = takeover == Takeover.WHEN_STALLED ? NEVER_TOO_OLD : takingOver(queue, id);
        awaitFree(queue, lease, takeover, takeover == Takeover.AT_ONCE ? number : NEVER_TOO_OLD);
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

  /** Returns when whoever asks has come; those who came before, and wait, need not any more. */
  private long takingOver(Queue queue, UploadId id) {
    long number =
        turn.get().filter(own -> own.id().equals(id)).map(Turn::number).orElseGet(() -> ++arrivals);
    if (number > queue.newest) {
      queue.newest = number;
      queue.released.signalAll();
    }
    return number;
  }

  private void awaitFree(Queue queue, Held newcomer, Takeover takeover, long number) {
    long deadline = System.nanoTime() + maxWaitNanos;
    while (inItsTurn(queue, number) && cutThoseInTheWay(queue, newcomer, takeover)) {
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

  /** Nothing is cut, or written, for somebody who has come before another who takes over. */
  private static boolean inItsTurn(Queue queue, long number) {
    if (number < queue.newest) {
      throw new UploadRejectedException(new Rejection.Outdated());
    }
    return true;
  }

  /** Returns whether anybody is in the way. */
  private static boolean cutThoseInTheWay(Queue queue, Held newcomer, Takeover takeover) {
    boolean blocked = false;
    for (Held other : queue.held) {
      if (other.span.overlaps(newcomer.span)) {
        blocked = true;
        if (takeover != Takeover.WHEN_STALLED || other.holder.stalled()) {
          other.holder.cut();
        }
      }
    }
    return blocked;
  }

  /** Returns how many uploads are known here. */
  int known() {
    table.lock();
    try {
      return queues.size();
    } finally {
      table.unlock();
    }
  }

  private void forgetIfUnused(UploadId id, Queue queue) {
    if (queue.held.isEmpty() && queue.waiting == 0 && queue.turns == 0) {
      queues.remove(id, queue);
    }
  }
}
