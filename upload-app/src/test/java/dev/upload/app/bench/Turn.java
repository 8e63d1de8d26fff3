package dev.upload.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a server is sent in every round, and how. */
record Turn(String name, Server server, Dialect dialect, Load load) {

  List<Reading> take(String run) throws IOException, InterruptedException {
    List<Reading> readings = new ArrayList<>(load.send(server, dialect, run));
    readings.add(new Reading(Unit.PEAK_MIB, server.processes().peakMebibytes()));
    server.clear(run, load.bytes());
    return readings;
  }
}
