package dev.upload.app.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files of uploads that are not finished, on the filesystem. */
final class PartialFiles {

  private PartialFiles() {}

  /** Returns how many bytes they have together in an app's directory {@code root}. */
  static long bytes(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("partial"))) {
      return files.mapToLong(one -> one.toFile().length()).sum();
    }
  }
}
