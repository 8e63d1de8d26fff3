package dev.upload.app.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process of its own, with what it prints in a file below {@code target/e2e} that stays. */
public final class ServerProcess implements AutoCloseable {

  private static final Path LOGS = Path.of("target", "e2e");

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts {@code command}, whose output goes to a new file that begins with {@code name}. */
  public static ServerProcess start(String name, ProcessBuilder command) {
    try {
      Files.createDirectories(LOGS);
      Path log = Files.createTempFile(LOGS, name + "-", ".log");
      command.redirectErrorStream(true).redirectOutput(log.toFile());
      return new ServerProcess(command.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.command(), e);
    }
  }

  /** Waits until the output has {@code pattern}. */
  public Matcher await(Pattern pattern, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      boolean alive = process.isAlive();
      Matcher found = pattern.matcher(log());
      if (found.find()) {
        return found;
      }
      if (!alive || System.nanoTime() > end) {
        close();
        throw new AssertionError("no \"%s\" in %s:%n%s".formatted(pattern, log, log()));
      }
      Eventually.pause();
    }
  }

  /** Returns the status with which it ends by itself. */
  public int awaitExit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      close();
      throw new AssertionError("still running after %s:%n%s".formatted(limit, log()));
    }
    return process.exitValue();
  }

  public String log() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the process reads. */
  OutputStream input() {
    return process.getOutputStream();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** How many file descriptors it has open. */
  public long openFiles() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      return descriptors.count();
    }
  }

  /** How many of its file descriptors are of files below {@code directory}. */
  public long openFilesBelow(Path directory) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      return descriptors.filter(one -> isOf(one, directory)).count();
    }
  }

  private static boolean isOf(Path descriptor, Path directory) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(directory);
    } catch (NoSuchFileException closed) {
      return false; // since it was listed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The most memory that it ever had, in MiB. */
  public long peakMebibytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Ends it as {@code kill} does. */
  public void terminate() {
    process.destroy();
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
