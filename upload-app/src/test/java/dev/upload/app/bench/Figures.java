package dev.upload.app.bench;

import java.util.ArrayList;
import java.util.List;

/** What the rounds of one workload on one server gave. */
final class Figures {

  private final String server;
  private final Workload load;
  private final List<Double> mebibytesPerSecond = new ArrayList<>();
  private final List<Double> cpuSecondsPerGibibyte = new ArrayList<>();
  private long peakMebibytes;

  Figures(String server, Workload load) {
    this.server = server;
    this.load = load;
  }

  void add(double seconds, double cpuSeconds, long peak) {
    mebibytesPerSecond.add(load.gibibytes() * 1024 / seconds);
    cpuSecondsPerGibibyte.add(cpuSeconds / load.gibibytes());
    peakMebibytes = peak;
  }

  String line() {
    return "%-34s %-10s %8.0f MiB/s %6.2f CPU s/GiB %5d MiB peak"
        .formatted(
            load.name(),
            server,
            median(mebibytesPerSecond),
            median(cpuSecondsPerGibibyte),
            peakMebibytes);
  }

  String json() {
    return """
    {"workload": "%s", "server": "%s", "rounds": %d, "mibPerSecond": %.1f, \
    "cpuSecondsPerGib": %.3f, "peakMib": %d}\
    """
        .formatted(
            load.name(),
            server,
            mebibytesPerSecond.size(),
            median(mebibytesPerSecond),
            median(cpuSecondsPerGibibyte),
            peakMebibytes);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
