package dev.upload.app.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * Uploads of one small chunk, so many at once. One thread serves all connections: threads of their
 * own would spend more on waking each other than on the bytes.
 */
record TinyUploads(int uploads, int atOnce, int uploadBytes) implements Load {

  @Override
  public List<Reading> send(Server server, Dialect dialect, String run)
      throws IOException, InterruptedException {
    byte[] before = dialect.before(new Shape(1, 1, uploadBytes), run + "-" + Lane.COUNTER, 1);
    List<Lane> lanes = new ArrayList<>();
    Meter meter = Meter.start(server);
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < atOnce; i++) {
        lanes.add(Lane.open(server.port(), selector, before, uploadBytes));
      }
      drive(selector, lanes);
    } finally {
      for (Lane lane : lanes) {
        lane.close();
      }
    }
    return meter.stop().onUploads(uploads);
  }

  @Override
  public long bytes() {
    return (long) uploads * uploadBytes;
  }

  private void drive(Selector selector, List<Lane> lanes) throws IOException {
    int sent = 0;
    for (Lane lane : lanes) {
      lane.send(sent++);
    }
    int answered = 0;
    while (answered < uploads) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.attachment() instanceof Lane lane && lane.answered()) {
          answered++;
          if (sent < uploads) {
            lane.send(sent++);
          }
        }
      }
      selector.selectedKeys().clear();
    }
  }
}
