package dev.upload.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Where pieces of chunks wait until they are complete: in memory as far as there is room, else in
 * temporary files as far as there is room, else the sender waits. Both limits are configured, so
 * that no client decides how much this process takes.
 */
final class Stages {

  private static final long SPOOL_UNIT_BYTES = 64 * 1024;

  private final MemoryBlocks memory;
  private final Semaphore spool;
  private final Path directory;
  private final Duration patience;
  private final boolean signed;

  Stages(S3Config config) {
    memory = new MemoryBlocks(config.bufferBytes());
    spool = new Semaphore(Math.toIntExact(config.spoolBytes() / SPOOL_UNIT_BYTES), true);
    directory = config.spoolDirectory();
    patience = config.spoolPatience();
    signed = config.digestsBodies();
  }

  /**
   * Returns room for a piece.
   *
   * @throws IOException if there is none after a while, or no file can be made
   */
  Stage open(long bytes) throws IOException {
    if (memory.reserve(bytes)) {
      return new MemoryStage(memory, bytes, signed);
    }
    int units = Math.toIntExact(Math.ceilDiv(bytes, SPOOL_UNIT_BYTES));
    await(units);
    try {
      return new SpoolStage(directory, signed, () -> spool.release(units));
    } catch (IOException e) {
      spool.release(units);
      throw e;
    }
  }

  private void await(int units) throws IOException {
    try {
      if (!spool.tryAcquire(units, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("no buffer became free within " + patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a buffer", e);
    }
  }

  /** Returns how many bytes of memory nobody has reserved. */
  long freeMemoryBytes() {
    return memory.freeBytes();
  }

  /** Returns how many bytes of temporary files nobody has reserved. */
  long freeSpoolBytes() {
    return spool.availablePermits() * SPOOL_UNIT_BYTES;
  }
}
