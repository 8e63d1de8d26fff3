package dev.upload.app.bench;

import java.io.IOException;
import java.util.List;

/** Large uploads, each over a connection of its own, chunk after chunk. */
record Bulk(Shape shape) implements Load {

  @Override
  public List<Reading> send(Server server, Dialect dialect, String run)
      throws IOException, InterruptedException {
    Meter meter = Meter.start(server);
    Senders.run(shape.uploads(), i -> upload(server.port(), dialect, run + "-" + i));
    return meter.stop().on(bytes());
  }

  @Override
  public long bytes() {
    return shape.bytes();
  }

  private int upload(int port, Dialect dialect, String upload) throws IOException {
    try (Connection connection = Connection.to(port)) {
      for (int number = 1; number <= shape.chunks(); number++) {
        byte[] before = dialect.before(shape, upload, number);
        connection.send(before, shape.chunkBytes(), dialect.after());
      }
    }
    return shape.chunks();
  }
}
