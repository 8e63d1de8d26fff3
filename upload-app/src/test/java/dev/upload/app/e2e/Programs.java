package dev.upload.app.e2e;

import java.io.File;
import java.io.IOException;
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

  /**
   * Runs a program whose words nobody wants, and tells whether it could, and did what it should.
   */
  static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // there is no such program here
    }
  }

  /** Skips the calling test, with {@code advice}; fails it where {@code variable} is true. */
  static void missing(String variable, String advice) {
    if (Boolean.parseBoolean(System.getenv(variable))) {
      throw new AssertionError(advice);
    }
    Assumptions.abort(advice);
  }
}
