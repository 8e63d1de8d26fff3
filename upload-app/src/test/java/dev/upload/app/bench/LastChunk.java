package dev.upload.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One upload whose chunks are timed one by one, the last one when all others are acknowledged. */
record LastChunk(Shape shape) implements Load {

  @Override
  public List<Reading> send(Server server, Dialect dialect, String run) throws IOException {
    List<Double> millis = new ArrayList<>();
    try (Connection connection = Connection.to(server.port())) {
      for (int number = 1; number <= shape.chunks(); number++) {
        byte[] before = dialect.before(shape, run, number);
        long start = System.nanoTime();
        connection.send(before, shape.chunkBytes(), dialect.after());
        millis.add((System.nanoTime() - start) / 1e6);
      }
    }
    return List.of(
        new Reading(Unit.MEDIAN_CHUNK_MILLIS, Figure.median(millis)),
        new Reading(Unit.LAST_CHUNK_MILLIS, millis.getLast()));
  }

  @Override
  public long bytes() {
    return shape.bytes();
  }
}
