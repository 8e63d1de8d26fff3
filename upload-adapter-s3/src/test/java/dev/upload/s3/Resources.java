package dev.upload.s3;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param descriptors open files and sockets; 0 where the system does not tell
 * @param threads platform threads
 */
record Resources(long descriptors, int threads) {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  static Resources now() throws IOException {
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    if (!Files.isDirectory(DESCRIPTORS)) {
      return new Resources(0, threads);
    }
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return new Resources(open.count(), threads);
    }
  }
}
