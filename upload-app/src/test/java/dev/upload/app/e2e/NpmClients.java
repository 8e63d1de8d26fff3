package dev.upload.app.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The clients that npm has, installed from the lock file into {@code target/clients}. */
final class NpmClients {

  /** Where they are, beside the scripts that use them. */
  static final Path DIRECTORY = Path.of("target", "clients").toAbsolutePath();

  private static final Path SOURCES = Path.of("src", "test", "clients");
  private static final Path LOCK = SOURCES.resolve("package-lock.json");
  private static final Path INSTALLED_LOCK = DIRECTORY.resolve("installed-lock.json");
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String INSTALL =
      "no Node.js with npm here; the tests of JavaScript clients need: apt-get install nodejs npm";

  /** What keeps them from being used; found out once. */
  private static final Optional<String> OBSTACLE = install();

  private NpmClients() {}

  /**
   * Lets the calling test be skipped where they cannot be installed, or fail if {@code
   * UPLOAD_REQUIRE_CLIENTS} says so.
   */
  static void requireInstalled() {
    OBSTACLE.ifPresent(obstacle -> Programs.missing("UPLOAD_REQUIRE_CLIENTS", obstacle));
  }

  /** Starts one of the scripts in Node. */
  static ServerProcess node(String script, String argument) {
    return ServerProcess.start("node", command("node", script, argument));
  }

  /** Makes one script of {@code script} and all that it imports, as a browser takes it. */
  static void bundle(Path script, Path bundle) throws InterruptedException {
    ProcessBuilder command =
        command(
            "node",
            "node_modules/esbuild/bin/esbuild",
            script.toString(),
            "--bundle",
            "--outfile=" + bundle);
    try (ServerProcess esbuild = ServerProcess.start("esbuild", command)) {
      if (esbuild.awaitExit(LIMIT) != 0) {
        throw new AssertionError(esbuild.log());
      }
    }
  }

  static ProcessBuilder command(String... words) {
    return new ProcessBuilder(words).directory(DIRECTORY.toFile());
  }

  private static Optional<String> install() {
    if (Programs.find("node").isEmpty() || Programs.find("npm").isEmpty()) {
      return Optional.of(INSTALL);
    }
    try {
      copySources();
      if (Files.exists(INSTALLED_LOCK) && Files.mismatch(LOCK, INSTALLED_LOCK) == -1) {
        return Optional.empty();
      }
      return runNpm();
    } catch (IOException e) {
      return Optional.of("cannot prepare " + DIRECTORY + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while npm installed the clients");
    }
  }

  private static void copySources() throws IOException {
    Files.createDirectories(DIRECTORY);
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        Path copy = DIRECTORY.resolve(source.getFileName());
        Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static Optional<String> runNpm() throws IOException, InterruptedException {
    List<String> words = List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    ProcessBuilder command = command(words.toArray(String[]::new));
    try (ServerProcess npm = ServerProcess.start("npm", command)) {
      if (npm.awaitExit(LIMIT) != 0) {
        return Optional.of(
            "the clients cannot be installed; in %s this fails: %s%n%s"
                .formatted(DIRECTORY, String.join(" ", words), npm.log()));
      }
    }
    Files.copy(LOCK, INSTALLED_LOCK, StandardCopyOption.REPLACE_EXISTING);
    return Optional.empty();
  }
}
