package dev.upload.s3;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Heap memory for pieces, as much as is configured and no more, whatever clients send. Room is
 * reserved for a whole piece before its first byte, so that pieces cannot starve each other
 * halfway.
 */
final class MemoryBlocks {

  /** Small enough that the garbage collector does not treat a block as a huge object. */
  static final int BLOCK_BYTES = 256 * 1024;

  private final Semaphore free;
  private final ConcurrentLinkedQueue<byte[]> idle = new ConcurrentLinkedQueue<>();

  MemoryBlocks(long maxBytes) {
    free = new Semaphore(Math.toIntExact(maxBytes / BLOCK_BYTES), true);
  }

  /** Reserves {@code bytes}, and returns false at once if they are not free. */
  boolean reserve(long bytes) {
    return free.tryAcquire(blocks(bytes));
  }

  byte[] take() {
    byte[] block = idle.poll();
    return block == null ? new byte[BLOCK_BYTES] : block;
  }

  void giveBack(List<byte[]> taken, long reservedBytes) {
    idle.addAll(taken);
    free.release(blocks(reservedBytes));
  }

  /** Returns how many bytes nobody has reserved. */
  long freeBytes() {
    return (long) free.availablePermits() * BLOCK_BYTES;
  }

  private static int blocks(long bytes) {
    return Math.toIntExact(Math.ceilDiv(bytes, BLOCK_BYTES));
  }
}
