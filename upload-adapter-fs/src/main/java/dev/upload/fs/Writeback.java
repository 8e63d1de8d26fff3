package dev.upload.fs;

import java.nio.file.Path;

/**
 * What an operating system may offer: to begin writing to the disk what a file has only in memory,
 * without waiting for it. It promises nothing, but a force that comes later has less to wait for.
 * Safe for concurrent use.
 */
@FunctionalInterface
public interface Writeback {

  /** Stands for a system that offers nothing of the kind: a file can only be forced. */
  Writeback NONE = file -> false;

  /**
   * Begins to write {@code file}.
   *
   * @return whether it did; the file may be gone, or there is no such thing on this file system
   */
  boolean begin(Path file);
}
