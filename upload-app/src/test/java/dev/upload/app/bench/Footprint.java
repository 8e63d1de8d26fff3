package dev.upload.app.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of the app: under many uploads at once, with small and large files, and over time.
 *
 * @param largeBytes size of a large file
 */
record Footprint(String key, String title, long largeBytes, Duration soak) implements Workload {

  static final String MANY = "64 uploads at once";
  static final String LARGE = "large files";
  static final String SMALL = "files of an eighth";
  static final String SOAK = "soak";

  private static final long CHUNK_BYTES = 8 * Shape.MIB;
  private static final int TURNS = 2;

  @Override
  public Section measure(Fleet fleet, Rounds rounds) throws IOException, InterruptedException {
    List<Line> lines = new ArrayList<>();
    lines.add(peak(fleet, MANY, TURNS, new Bulk(Shape.of(64, largeBytes / 32, CHUNK_BYTES))));
    lines.add(peak(fleet, LARGE, TURNS, new Bulk(Shape.of(1, largeBytes, CHUNK_BYTES))));
    // As many bytes as the large files had, so that only the size of a file differs.
    lines.add(peak(fleet, SMALL, 8 * TURNS, new Bulk(Shape.of(1, largeBytes / 8, CHUNK_BYTES))));
    lines.add(soak(fleet));
    return new Section(key, title, lines);
  }

  private static Line peak(Fleet fleet, String name, int turns, Load load)
      throws IOException, InterruptedException {
    try (Server app = fleet.app(name, List.of())) {
      for (int i = 0; i < turns; i++) {
        load.send(app, Dialect.OCTET, "turn-" + i);
        app.clear("turn-" + i, load.bytes());
      }
      return new Line(name, List.of(only(Unit.PEAK_MIB, app.processes().peakMebibytes())));
    }
  }

  /** Memory when a third of the time is over, against that at the end. */
  private Line soak(Fleet fleet) throws IOException, InterruptedException {
    Load load = new Bulk(Shape.of(16, largeBytes / 16, Shape.MIB));
    try (Server app = fleet.app(SOAK, List.of())) {
      long start = System.nanoTime();
      long early = soak(app, load, "early", start + soak.toNanos() / 3);
      long late = soak(app, load, "late", start + soak.toNanos());
      return new Line(
          SOAK,
          List.of(
              only(Unit.PEAK_MIB, app.processes().peakMebibytes()),
              only(Unit.EARLY_MIB, early),
              only(Unit.LATE_MIB, late)));
    }
  }

  private static long soak(Server app, Load load, String run, long until)
      throws IOException, InterruptedException {
    for (int i = 0; System.nanoTime() - until < 0; i++) {
      load.send(app, Dialect.OCTET, run + "-" + i);
      app.clear(run + "-" + i, load.bytes());
    }
    return app.processes().residentMebibytes();
  }

  private static Figure only(Unit unit, long value) {
    return new Figure(unit, List.of((double) value));
  }
}
