package dev.upload.app.hostile;

import dev.upload.app.e2e.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the server holds at a moment. */
record Footprint(long mebibytes, long descriptors, long threads) {

  static Footprint of(ServerProcess process) throws IOException {
    return new Footprint(
        status(process, "VmRSS:") / 1024, process.openFiles(), status(process, "Threads:"));
  }

  private static long status(ServerProcess process, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return "%d MiB, %d descriptors, %d threads".formatted(mebibytes, descriptors, threads);
  }
}
