package dev.upload.app.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The outcome of a run, as it is written down. */
record Results(Map<String, Object> machine, List<Section> sections) {

  Results {
    sections = List.copyOf(sections);
  }

  Results with(Section section) {
    return new Results(machine, Stream.concat(sections.stream(), Stream.of(section)).toList());
  }

  List<Aim> aims() {
    return Aims.of(sections);
  }

  String json() {
    return Json.of(
        ordered(
            "machine",
            machine,
            "workloads",
            sections.stream().map(Results::section).toList(),
            "aims",
            aims().stream().map(Results::aim).toList()));
  }

  private static Map<String, Object> section(Section section) {
    return ordered(
        "workload",
        section.key(),
        "title",
        section.title(),
        "servers",
        section.lines().stream().map(Results::line).toList());
  }

  private static Map<String, Object> line(Line line) {
    return ordered(
        "server", line.name(), "figures", line.figures().stream().map(Results::figure).toList());
  }

  private static Map<String, Object> figure(Figure figure) {
    return ordered(
        "unit",
        figure.unit().label(),
        "median",
        rounded(figure.median()),
        "rounds",
        figure.rounds().stream().map(Results::rounded).toList());
  }

  private static Map<String, Object> aim(Aim aim) {
    return ordered(
        "aim", aim.text(), "actual", rounded(aim.actual()), "limit", aim.bound(), "met", aim.met());
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** Takes names and values in turn. */
  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return map;
  }
}
