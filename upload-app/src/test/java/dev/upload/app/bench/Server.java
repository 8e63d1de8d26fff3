package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process under load, seen through {@code /proc}. */
final class Server implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("Ready at http://127.0.0.1:(\\d+)");
  private static final double TICKS_PER_SECOND = 100;
  private static final int STARTS_AT_MOST_TENTHS = 300;

  private final String name;
  private final Process process;
  private final int port;

  private Server(String name, Process process, int port) {
    this.name = name;
    this.process = process;
    this.port = port;
  }

  static Server start(String name, Path log, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    for (int tenths = 0; tenths < STARTS_AT_MOST_TENTHS && process.isAlive(); tenths++) {
      Matcher ready = READY.matcher(Files.readString(log));
      if (ready.find()) {
        return new Server(name, process, Integer.parseInt(ready.group(1)));
      }
      Thread.sleep(100);
    }
    process.destroyForcibly();
    throw new IOException(name + " does not start: " + Files.readString(log));
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  /** CPU time that it used so far, in user and kernel mode. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(proc("stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
  }

  /** The most memory that it ever had. */
  long peakMebibytes() throws IOException {
    return Files.readAllLines(proc("status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
