package dev.upload.app.kills;

import dev.upload.app.e2e.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process holds: open descriptors, threads, resident memory. */
record Usage(long descriptors, long threads, long mebibytes) {

  static Usage of(ServerProcess process) throws IOException {
    return new Usage(
        process.openFiles(), status(process, "Threads:"), status(process, "VmRSS:") / 1024);
  }

  private static long status(ServerProcess process, String key) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return "%d descriptors, %d threads, %d MiB".formatted(descriptors, threads, mebibytes);
  }
}
