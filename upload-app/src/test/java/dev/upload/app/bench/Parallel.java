package dev.upload.app.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One upload whose chunks are sent over several connections, whichever is free next. */
record Parallel(Shape shape, int atOnce) implements Load {

  @Override
  public List<Reading> send(Server server, Dialect dialect, String run)
      throws IOException, InterruptedException {
    AtomicInteger next = new AtomicInteger(1);
    Meter meter = Meter.start(server);
    Senders.run(atOnce, i -> send(server.port(), dialect, run, next));
    return meter.stop().on(bytes());
  }

  @Override
  public long bytes() {
    return shape.bytes();
  }

  private int send(int port, Dialect dialect, String upload, AtomicInteger next)
      throws IOException {
    int sent = 0;
    try (Connection connection = Connection.to(port)) {
      for (int number = next.getAndIncrement();
          number <= shape.chunks();
          number = next.getAndIncrement()) {
        byte[] before = dialect.before(shape, upload, number);
        connection.send(before, shape.chunkBytes(), dialect.after());
        sent++;
      }
    }
    return sent;
  }
}
