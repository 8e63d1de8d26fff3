package dev.upload.fs;

import dev.upload.core.model.ByteRange;
import java.nio.file.Path;

/**
 * What an operating system may offer: to lay out the blocks of a file before its bytes come. Safe
 * for concurrent use.
 */
@FunctionalInterface
public interface Preallocation {

  /** Stands for a system that offers nothing of the kind: blocks are found as bytes come. */
  Preallocation NONE = (file, range) -> false;

  /**
   * Lays out the blocks of {@code range}. What is in the file stays as it is, its size as well.
   *
   * @param file exists
   * @return whether it did; there may be no room, or no such thing on this file system
   */
  boolean allocate(Path file, ByteRange range);
}
