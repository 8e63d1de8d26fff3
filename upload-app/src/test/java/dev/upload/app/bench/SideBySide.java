package dev.upload.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One load for several servers. */
record SideBySide(String key, String title, Load load, List<Entrant> entrants) implements Workload {

  SideBySide {
    entrants = List.copyOf(entrants);
  }

  @Override
  public Section measure(Fleet fleet, Rounds rounds) throws IOException, InterruptedException {
    List<Turn> turns = new ArrayList<>();
    try {
      for (Entrant entrant : entrants) {
        Optional<Server> server = entrant.start().in(fleet);
        server.ifPresent(
            started -> turns.add(new Turn(entrant.name(), started, entrant.dialect(), load)));
      }
      return new Section(key, title, rounds.of(turns));
    } finally {
      turns.forEach(turn -> turn.server().close());
    }
  }
}
