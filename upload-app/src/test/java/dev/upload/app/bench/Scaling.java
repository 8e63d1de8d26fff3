package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What it costs that there are many open sessions, and many chunks of one upload. */
record Scaling(String key, String title, int sessions) implements Workload {

  static final String FEW = "few open sessions";
  static final String MANY = "many open sessions";
  static final String CHUNKS = "10000 chunks of one upload";

  private static final int CHUNK_BYTES = 4096;
  private static final Shape WORK = new Shape(10, 401, CHUNK_BYTES);
  private static final Shape LONG = new Shape(1, 10_001, CHUNK_BYTES);
  private static final int COMPARED = 500;
  private static final int STARTS = 3;

  @Override
  public Section measure(Fleet fleet, Rounds rounds) throws IOException, InterruptedException {
    Path full = fleet.home("many");
    fleet.seed(full, sessions);
    Path empty = fleet.home("few");
    List<Figure> fewStarts = new ArrayList<>();
    List<Figure> manyStarts = new ArrayList<>();
    starts(fleet, empty, full, fewStarts, manyStarts);
    List<Line> lines = sideBySide(fleet, empty, full, rounds);
    return new Section(
        key,
        title,
        List.of(lines.get(0).with(fewStarts), lines.get(1).with(manyStarts), earlyAndLate(fleet)));
  }

  private static List<Line> sideBySide(Fleet fleet, Path empty, Path full, Rounds rounds)
      throws IOException, InterruptedException {
    try (Server few = fleet.app(FEW, empty, List.of());
        Server many = fleet.app(MANY, full, List.of())) {
      SmallChunks work = new SmallChunks(WORK);
      return rounds.of(
          List.of(
              new Turn(FEW, few, Dialect.OCTET, work), new Turn(MANY, many, Dialect.OCTET, work)));
    }
  }

  private static Line earlyAndLate(Fleet fleet) throws IOException, InterruptedException {
    try (Server app = fleet.app(CHUNKS, List.of())) {
      EarlyAndLate load = new EarlyAndLate(LONG, COMPARED);
      return new Rounds(1, 3).of(List.of(new Turn(CHUNKS, app, Dialect.OCTET, load))).getFirst();
    }
  }

  /** In turns; the first of each is not counted. */
  private static void starts(
      Fleet fleet, Path empty, Path full, List<Figure> fewStarts, List<Figure> manyStarts)
      throws IOException, InterruptedException {
    List<Double> few = new ArrayList<>();
    List<Double> many = new ArrayList<>();
    for (int i = 0; i <= STARTS; i++) {
      few.add(startSeconds(fleet, empty));
      many.add(startSeconds(fleet, full));
    }
    fewStarts.add(new Figure(Unit.START_SECONDS, few.subList(1, few.size())));
    manyStarts.add(new Figure(Unit.START_SECONDS, many.subList(1, many.size())));
  }

  private static double startSeconds(Fleet fleet, Path root)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (Server app = fleet.app("start", root, List.of())) {
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
