package dev.upload.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One upload of many small chunks: the first of them beside the last. */
record EarlyAndLate(Shape shape, int compared) implements Load {

  @Override
  public List<Reading> send(Server server, Dialect dialect, String run) throws IOException {
    List<Double> millis = new ArrayList<>();
    try (Connection connection = Connection.to(server.port())) {
      for (int number = 1; number < shape.chunks(); number++) {
        byte[] before = dialect.before(shape, run, number);
        long start = System.nanoTime();
        connection.send(before, shape.chunkBytes(), dialect.after());
        millis.add((System.nanoTime() - start) / 1e6);
      }
    }
    return List.of(
        new Reading(Unit.EARLY_CHUNK_MILLIS, Figure.median(millis.subList(0, compared))),
        new Reading(
            Unit.LATE_CHUNK_MILLIS,
            Figure.median(millis.subList(millis.size() - compared, millis.size()))));
  }

  @Override
  public long bytes() {
    return 0;
  }
}
