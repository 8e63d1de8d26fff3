package dev.upload.app.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What is installed on this machine. */
final class Programs {

  private Programs() {}

  /** Finds a program on the {@code PATH}. */
  static Optional<Path> find(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Skips the calling test, with {@code advice}; fails it where {@code variable} is true. */
  static void missing(String variable, String advice) {
    if (Boolean.parseBoolean(System.getenv(variable))) {
      throw new AssertionError(advice);
    }
    Assumptions.abort(advice);
  }
}
