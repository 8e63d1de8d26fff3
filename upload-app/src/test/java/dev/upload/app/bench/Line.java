package dev.upload.app.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The figures of one server in one workload. */
record Line(String name, List<Figure> figures) {

  Line {
    figures = List.copyOf(figures);
  }

  Line with(List<Figure> more) {
    return new Line(name, Stream.concat(figures.stream(), more.stream()).toList());
  }

  Optional<Figure> figure(Unit unit) {
    return figures.stream().filter(figure -> figure.unit() == unit).findFirst();
  }

  /** How many times the other's median this line's is, where both have one. */
  Optional<Double> ratio(Unit unit, Line other) {
    return figure(unit)
        .flatMap(own -> other.figure(unit).map(theirs -> own.median() / theirs.median()));
  }
}
