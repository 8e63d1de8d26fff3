package dev.upload.app.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Small chunks to a few uploads at once, each over a connection of its own and one chunk after the
 * other.
 */
record SmallChunks(Shape shape) implements Load {

  private static final String FIRST = "ChunkNumber=1&";

  @Override
  public List<Reading> send(Server server, Dialect dialect, String run)
      throws IOException, InterruptedException {
    List<Lane> lanes = new ArrayList<>();
    Meter meter = Meter.start(server);
    try (Selector selector = Selector.open()) {
      for (int i = 1; i <= shape.uploads(); i++) {
        byte[] before = before(dialect, run + "-" + i);
        lanes.add(Lane.open(server.port(), selector, before, (int) shape.chunkBytes()));
      }
      drive(selector, lanes);
    } finally {
      for (Lane lane : lanes) {
        lane.close();
      }
    }
    return meter.stop().onChunks(shape.uploads() * (shape.chunks() - 1));
  }

  @Override
  public long bytes() {
    return 0;
  }

  /** The number of the chunk takes the place of the counter. */
  private byte[] before(Dialect dialect, String upload) {
    String head = new String(dialect.before(shape, upload, 1), StandardCharsets.US_ASCII);
    return head.replace(FIRST, "ChunkNumber=" + Lane.COUNTER + "&")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Leaves the last chunk of each upload out, so that all stay open. */
  private void drive(Selector selector, List<Lane> lanes) throws IOException {
    int[] sent = new int[lanes.size()];
    for (int i = 0; i < sent.length; i++) {
      lanes.get(i).send(++sent[i]);
    }
    int open = sent.length;
    while (open > 0) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.attachment() instanceof Lane lane && lane.answered()) {
          int i = lanes.indexOf(lane);
          if (sent[i] < shape.chunks() - 1) {
            lane.send(++sent[i]);
          } else {
            open--;
          }
        }
      }
      selector.selectedKeys().clear();
    }
  }
}
