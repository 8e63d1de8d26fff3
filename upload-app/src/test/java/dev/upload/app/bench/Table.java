package dev.upload.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a section as aligned columns. */
final class Table {

  private static final int NAME_WIDTH = 26;
  private static final List<Unit> COMPARED =
      List.of(
          Unit.MIB_PER_SECOND,
          Unit.UPLOADS_PER_SECOND,
          Unit.CPU_SECONDS_PER_GIB,
          Unit.CPU_MICROS_PER_UPLOAD);

  private final Section section;
  private final List<Unit> units;
  private final List<Unit> compared;

  private Table(Section section) {
    this.section = section;
    this.units = section.units();
    this.compared = units.stream().filter(COMPARED::contains).toList();
  }

  static String of(Section section) {
    return new Table(section).text();
  }

  private String text() {
    List<String> rows = new ArrayList<>();
    rows.add(section.key() + ": " + section.title());
    List<String> heads = new ArrayList<>(units.stream().map(Unit::label).toList());
    section
        .baseline()
        .ifPresent(
            baseline ->
                compared.forEach(unit -> heads.add(unit.label() + " / " + baseline.name())));
    rows.add(row("", heads, heads));
    section.lines().forEach(line -> rows.add(row(line.name(), cells(line), heads)));
    return String.join("\n", rows) + "\n";
  }

  private List<String> cells(Line line) {
    List<String> cells = new ArrayList<>();
    for (Unit unit : units) {
      cells.add(line.figure(unit).map(Figure::text).orElse(""));
    }
    Optional<Line> baseline = section.baseline();
    if (baseline.isPresent()) {
      for (Unit unit : compared) {
        Optional<Double> ratio = line.ratio(unit, baseline.get());
        cells.add(ratio.map(times -> String.format(Locale.ROOT, "%.2f", times)).orElse(""));
      }
    }
    return cells;
  }

  private static String row(String name, List<String> cells, List<String> heads) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      padded.add(" ".repeat(heads.get(i).length() - cells.get(i).length()) + cells.get(i));
    }
    return ("  %-" + NAME_WIDTH + "s").formatted(name)
        + padded.stream().collect(Collectors.joining("  "));
  }
}
