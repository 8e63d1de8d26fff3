package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process and its children, seen through {@code /proc}. */
record Processes(ProcessHandle root) {

  private static final double TICKS_PER_SECOND = 100;
  private static final long KIB_PER_MIB = 1024;

  /** The process that asks. */
  static Processes own() {
    return new Processes(ProcessHandle.current());
  }

  /** CPU time that they used so far, in user and kernel mode. */
  double cpuSeconds() throws IOException {
    long ticks = 0;
    for (long pid : pids()) {
      String stat = Files.readString(proc(pid, "stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      ticks += Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** The most memory that each of them ever had resident, added up. */
  long peakMebibytes() throws IOException {
    return memory("VmHWM:");
  }

  /** The memory that they have resident now. */
  long residentMebibytes() throws IOException {
    return memory("VmRSS:");
  }

  private long memory(String field) throws IOException {
    long kibibytes = 0;
    for (long pid : pids()) {
      for (String line : Files.readAllLines(proc(pid, "status"))) {
        if (line.startsWith(field)) {
          kibibytes += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    }
    return kibibytes / KIB_PER_MIB;
  }

  private List<Long> pids() {
    Stream<ProcessHandle> children =
        root.equals(ProcessHandle.current()) ? Stream.empty() : root.descendants();
    return Stream.concat(Stream.of(root), children).map(ProcessHandle::pid).toList();
  }

  private static Path proc(long pid, String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }
}
