package dev.upload.app.hostile;

import dev.upload.app.e2e.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the server holds at a moment, and the kernel for all connections of the machine. */
record Footprint(long mebibytes, long descriptors, long threads, long kernelMebibytes) {

  private static final long PAGE_BYTES = 4096;

  static Footprint of(ServerProcess process) throws IOException {
    return new Footprint(
        status(process, "VmRSS:") / 1024,
        process.openFiles(),
        status(process, "Threads:"),
        pagesOfTcp() * PAGE_BYTES / 1024 / 1024);
  }

  private static long status(ServerProcess process, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static long pagesOfTcp() throws IOException {
    return Files.readAllLines(Path.of("/proc/net/sockstat")).stream()
        .filter(line -> line.startsWith("TCP:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".* mem ", "").strip()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return "%d MiB, %d descriptors, %d threads, %d MiB of the kernel's for TCP"
        .formatted(mebibytes, descriptors, threads, kernelMebibytes);
  }
}
