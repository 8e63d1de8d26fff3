package dev.upload.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Large uploads, each over a connection of its own, chunk after chunk. */
record Bulk(Shape shape) implements Load {

  @Override
  public List<Reading> send(Server server, Dialect dialect, String run)
      throws IOException, InterruptedException {
    Meter meter = Meter.start(server);
    try (ExecutorService senders = Executors.newFixedThreadPool(shape.uploads())) {
      List<Callable<Integer>> uploads = new ArrayList<>();
      for (int i = 0; i < shape.uploads(); i++) {
        String upload = run + "-" + i;
        uploads.add(() -> upload(server.port(), dialect, upload));
      }
      for (Future<Integer> sent : senders.invokeAll(uploads)) {
        sent.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("sending to " + server.name() + " failed", e);
    }
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
