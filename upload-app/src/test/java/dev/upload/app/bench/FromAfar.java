package dev.upload.app.bench;

import java.io.IOException;
import java.util.List;

/** The same load, whose sender is 20 ms of round trip away. */
record FromAfar(Load load) implements Load {

  @Override
  public List<Reading> send(Server server, Dialect dialect, String run)
      throws IOException, InterruptedException {
    try (Distance distance = Distance.to(server.port())) {
      return load.send(server.reachedAt(distance.port()), dialect, run);
    }
  }

  @Override
  public long bytes() {
    return load.bytes();
  }
}
