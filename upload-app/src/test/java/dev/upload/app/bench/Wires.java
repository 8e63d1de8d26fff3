package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The app over several versions of HTTP.
 *
 * @param way what is between the sender and the app
 */
record Wires(String key, String title, Shape shape, List<Wire> wires, UnaryOperator<Load> way)
    implements Workload {

  @Override
  public Section measure(Fleet fleet, Rounds rounds) throws IOException, InterruptedException {
    Path scratch = fleet.home(key);
    List<String> tls = Tls.options(scratch);
    List<Turn> turns = new ArrayList<>();
    try {
      for (Wire wire : wires) {
        Server app = wire.app(fleet, tls);
        Load load = way.apply(wire.load(shape, scratch));
        turns.add(new Turn(wire.title(), app, Dialect.OCTET, load));
      }
      return new Section(key, title, rounds.of(turns));
    } finally {
      turns.forEach(turn -> turn.server().close());
    }
  }
}
