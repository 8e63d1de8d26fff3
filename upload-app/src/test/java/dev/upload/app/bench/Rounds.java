package dev.upload.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often everything is repeated.
 *
 * @param warmUp rounds until the JVM has compiled what a chunk meets; before that it uses twice the
 *     CPU time
 */
record Rounds(int warmUp, int measured) {

  /** Takes turns within each round, so that a change of the machine's mood meets all of them. */
  List<Line> of(List<Turn> turns) throws IOException, InterruptedException {
    List<Map<Unit, List<Double>>> figures = new ArrayList<>();
    turns.forEach(_ -> figures.add(new LinkedHashMap<>()));
    for (int round = 0; round < warmUp + measured; round++) {
      for (int i = 0; i < turns.size(); i++) {
        List<Reading> readings = turns.get(i).take("round-%d-%d".formatted(round, i));
        if (round >= warmUp) {
          Map<Unit, List<Double>> figure = figures.get(i);
          readings.forEach(
              reading ->
                  figure
                      .computeIfAbsent(reading.unit(), _ -> new ArrayList<>())
                      .add(reading.value()));
        }
      }
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < turns.size(); i++) {
      lines.add(line(turns.get(i).name(), figures.get(i)));
    }
    return lines;
  }

  private static Line line(String name, Map<Unit, List<Double>> figures) {
    return new Line(
        name,
        figures.entrySet().stream()
            .map(figure -> new Figure(figure.getKey(), figure.getValue()))
            .toList());
  }
}
