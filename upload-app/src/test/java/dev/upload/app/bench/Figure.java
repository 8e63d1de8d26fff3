package dev.upload.app.bench;

import java.util.List;

/** A quantity as every measured round gave it; the median stands for it. */
record Figure(Unit unit, List<Double> rounds) {

  Figure {
    rounds = List.copyOf(rounds);
  }

  double median() {
    return median(rounds);
  }

  String text() {
    return unit.text(median());
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
