package dev.upload.app.bench;

import java.util.List;
import java.util.Optional;

/**
 * What came out of one workload.
 *
 * @param key by which the aims and {@code bench.only} name it
 */
record Section(String key, String title, List<Line> lines) {

  Section {
    lines = List.copyOf(lines);
  }

  Optional<Line> line(String name) {
    return lines.stream().filter(line -> line.name().equals(name)).findFirst();
  }

  /** The line that the others are compared with. */
  Optional<Line> baseline() {
    return line(Entrant.NGINX)
        .or(() -> line(Entrant.FILE_SINK))
        .or(() -> line(S3Race.SDK))
        .or(() -> line(Wire.PLAIN.title()));
  }

  /** Every unit that a line has, in the order of the lines. */
  List<Unit> units() {
    return lines.stream()
        .flatMap(line -> line.figures().stream())
        .map(Figure::unit)
        .distinct()
        .toList();
  }
}
