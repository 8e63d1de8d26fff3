package dev.upload.app.bench;

import java.io.IOException;
import java.util.List;

/** Runs from the first connection to the last answer; CPU time a little longer. */
final class Meter {

  /** What a server still does after its last answer, such as closing files, counts as well. */
  private static final long SETTLE_MILLIS = 50;

  private final Server server;
  private final double cpuBefore;
  private final double senderBefore;
  private final long start;

  private Meter(Server server) throws IOException {
    this.server = server;
    this.cpuBefore = server.processes().cpuSeconds();
    this.senderBefore = Processes.own().cpuSeconds();
    this.start = System.nanoTime();
  }

  static Meter start(Server server) throws IOException {
    return new Meter(server);
  }

  Spent stop() throws IOException, InterruptedException {
    double seconds = (System.nanoTime() - start) / 1e9;
    Thread.sleep(SETTLE_MILLIS);
    return new Spent(
        seconds,
        server.processes().cpuSeconds() - cpuBefore,
        Processes.own().cpuSeconds() - senderBefore);
  }

  /** What a turn took of time, and of the CPU time of both sides. */
  record Spent(double seconds, double cpuSeconds, double senderSeconds) {

    List<Reading> on(long bytes) {
      double gibibytes = (double) bytes / Shape.GIB;
      return List.of(
          new Reading(Unit.MIB_PER_SECOND, gibibytes * 1024 / seconds),
          new Reading(Unit.CPU_SECONDS_PER_GIB, cpuSeconds / gibibytes),
          new Reading(Unit.SENDER_CPU_SECONDS_PER_GIB, senderSeconds / gibibytes));
    }

    /** Without the sender, where that is a process of its own. */
    List<Reading> onServer(long bytes) {
      return on(bytes).subList(0, 2);
    }

    List<Reading> onChunks(int chunks) {
      return List.of(
          new Reading(Unit.MILLIS_PER_CHUNK, seconds * 1e3 / chunks),
          new Reading(Unit.CPU_MICROS_PER_CHUNK, cpuSeconds * 1e6 / chunks));
    }

    List<Reading> onUploads(int uploads) {
      return List.of(
          new Reading(Unit.UPLOADS_PER_SECOND, uploads / seconds),
          new Reading(Unit.CPU_MICROS_PER_UPLOAD, cpuSeconds * 1e6 / uploads),
          new Reading(Unit.SENDER_CPU_MICROS_PER_UPLOAD, senderSeconds * 1e6 / uploads));
    }
  }
}
