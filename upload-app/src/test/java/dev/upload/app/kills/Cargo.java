package dev.upload.app.kills;

import dev.upload.app.e2e.Sample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;

/** What is uploaded to one home: what waits to be gone on with, and what is finished. */
final class Cargo {

  private static final int KEPT = 6;

  private final Random random;
  private final Deque<Transfer> begun = new ArrayDeque<>();
  private final Deque<Transfer> finished = new ArrayDeque<>();
  private final Deque<Transfer> doomed = new ArrayDeque<>();
  private int number;

  Cargo(long seed) {
    this.random = new Random(seed);
  }

  /** Returns a transfer to go on with, or a new one. */
  synchronized Transfer next() {
    return begun.isEmpty() ? fresh() : begun.removeFirst();
  }

  /** Returns a transfer to go on with, if there is one. */
  synchronized Optional<Transfer> nextBegun() {
    return Optional.ofNullable(begun.pollFirst());
  }

  private Transfer fresh() {
    Dialect[] dialects = Dialect.values();
    return dialects[random.nextInt(dialects.length)].of(file());
  }

  /** Of one small chunk, or of chunks of all sizes; each kind takes another way through the app. */
  private Sample file() {
    number++;
    int start = random.nextInt(64 * Sample.MIB);
    return switch (random.nextInt(4)) {
      case 0 -> sample(start, random.nextInt(2, 200_000), Sample.MIB);
      case 1 -> sample(start, random.nextInt(300_000, 3 * Sample.MIB), 128 * 1024);
      case 2 -> sample(start, random.nextInt(2, 12) * Sample.MIB + 1, Sample.MIB);
      default -> sample(start, random.nextInt(10, 30) * Sample.MIB, 5 * Sample.MIB);
    };
  }

  private Sample sample(int start, int length, int chunkSize) {
    return new Sample("killed-" + number + ".bin", start, length, chunkSize);
  }

  /** Takes a transfer back that was interrupted. */
  synchronized void interrupted(Transfer transfer) {
    begun.addLast(transfer);
  }

  /** Takes a transfer that is finished, and lets the oldest go if there are many. */
  synchronized void finished(Transfer transfer) {
    finished.addLast(transfer);
    if (finished.size() > KEPT) {
      doomed.addLast(finished.removeFirst());
    }
  }

  /** Lets all finished ones go. */
  synchronized void doomAll() {
    doomed.addAll(finished);
    finished.clear();
  }

  /** Returns a finished one that is to be deleted, if there is one. */
  synchronized Optional<Transfer> nextDoomed() {
    return Optional.ofNullable(doomed.pollFirst());
  }

  /** Takes one back whose deletion nobody answered. */
  synchronized void stillDoomed(Transfer transfer) {
    doomed.addLast(transfer);
  }
}
