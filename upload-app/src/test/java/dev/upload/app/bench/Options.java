package dev.upload.app.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What the system properties {@code bench.quick} and {@code bench.only} ask for.
 *
 * @param quick a quarter of the bytes in fewer rounds: enough to see a large change
 * @param only keys of workloads; all if there are none
 */
record Options(boolean quick, List<String> only) {

  Options {
    only = List.copyOf(only);
  }

  static Options ofSystemProperties() {
    String only = System.getProperty("bench.only", "all");
    return new Options(
        Boolean.getBoolean("bench.quick"),
        "all".equals(only) ? List.of() : Arrays.asList(only.split(",", -1)));
  }

  Rounds rounds() {
    return quick ? new Rounds(2, 3) : new Rounds(3, 5);
  }

  boolean wants(Workload workload) {
    return only.isEmpty() || only.contains(workload.key());
  }

  /** Bytes of one round of a large upload. */
  long bulkBytes() {
    return quick ? Shape.GIB / 2 : 2 * Shape.GIB;
  }

  int tinyUploads() {
    return quick ? 4096 : 8192;
  }

  int openSessions() {
    return quick ? 20_000 : 100_000;
  }

  Duration soak() {
    return Duration.ofSeconds(quick ? 15 : 60);
  }
}
