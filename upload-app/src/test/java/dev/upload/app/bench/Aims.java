package dev.upload.app.bench;

import static dev.upload.app.bench.Aim.Direction.AT_LEAST;
import static dev.upload.app.bench.Aim.Direction.AT_MOST;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the figures of a run say about the aims; an aim that was not measured is left out. */
final class Aims {

  private static final double SPEED_OF_NGINX = 0.8;
  private static final double CPU_OF_NGINX = 1.6;
  private static final double FORM_OF_OCTET = 1.3;
  private static final double SPEED_OF_SDK = 0.9;
  private static final double JDK_OF_NATIVE = 1.3;
  private static final double MANY_OF_FEW = 1.2;
  private static final double START_SECONDS_MORE = 2;
  private static final double TINY_OF_NGINX = 0.42;
  private static final double LAST_OF_MEDIAN = 2;
  private static final double PEAK_MIB = 256;
  private static final double LARGE_OF_SMALL = 1.1;
  private static final double LATE_OF_EARLY = 1.1;
  private static final double FAR_MIB_PER_SECOND = 20;
  private static final double SENDER_OF_ANY = 2;
  private static final double SENDER_CPU = 0.1;

  private final List<Section> sections;
  private final List<Aim> aims = new ArrayList<>();

  private Aims(List<Section> sections) {
    this.sections = sections;
  }

  static List<Aim> of(List<Section> sections) {
    Aims aims = new Aims(sections);
    aims.compareWithNginx();
    aims.compareLastChunks();
    aims.judgeMemory();
    aims.compareWithSdk();
    aims.judgeScaling();
    aims.compareTls();
    aims.judgeDistance();
    aims.proveSender();
    return List.copyOf(aims.aims);
  }

  private void compareWithNginx() {
    for (String key : List.of(Suite.W1, Suite.W2, Suite.W3)) {
      compare(key, Unit.MIB_PER_SECOND, Entrant.APP, Entrant.NGINX, AT_LEAST, SPEED_OF_NGINX);
      compare(key, Unit.CPU_SECONDS_PER_GIB, Entrant.APP, Entrant.NGINX, AT_MOST, CPU_OF_NGINX);
    }
    Unit cpu = Unit.CPU_SECONDS_PER_GIB;
    compare(Suite.W1, cpu, Entrant.APP_FORM, Entrant.APP, AT_MOST, FORM_OF_OCTET);
    Unit uploads = Unit.UPLOADS_PER_SECOND;
    compare(Suite.W4, uploads, Entrant.APP, Entrant.NGINX, AT_LEAST, TINY_OF_NGINX);
  }

  private void compareLastChunks() {
    for (Line line : lines(Suite.W5)) {
      double ratio = value(line, Unit.LAST_CHUNK_MILLIS) / value(line, Unit.MEDIAN_CHUNK_MILLIS);
      add("W5 last chunk / median, " + line.name(), ratio, AT_MOST, LAST_OF_MEDIAN);
    }
  }

  private void judgeMemory() {
    line(Suite.MEMORY, Footprint.MANY)
        .ifPresent(
            many -> add("peak MiB, " + many.name(), value(many, Unit.PEAK_MIB), AT_MOST, PEAK_MIB));
    compare(Suite.MEMORY, Unit.PEAK_MIB, Footprint.LARGE, Footprint.SMALL, AT_MOST, LARGE_OF_SMALL);
    line(Suite.MEMORY, Footprint.SOAK)
        .ifPresent(
            soak ->
                add(
                    "memory at the end of the soak / at a third",
                    value(soak, Unit.LATE_MIB) / value(soak, Unit.EARLY_MIB),
                    AT_MOST,
                    LATE_OF_EARLY));
  }

  private void compareWithSdk() {
    for (String key : Suite.S3) {
      Unit speed = Unit.MIB_PER_SECOND;
      compare(key, speed, Entrant.APP, S3Race.SDK, AT_LEAST, SPEED_OF_SDK);
      line(key, Entrant.APP)
          .ifPresent(
              app ->
                  add(
                      key + " peak MiB: " + Entrant.APP,
                      value(app, Unit.PEAK_MIB),
                      AT_MOST,
                      PEAK_MIB));
    }
  }

  /** Native code has to pay for being there. */
  private void compareTls() {
    Unit cpu = Unit.CPU_SECONDS_PER_GIB;
    compare(
        Suite.WIRES, cpu, Wire.JDK_TLS.title(), Wire.PLAIN_TLS.title(), AT_LEAST, JDK_OF_NATIVE);
  }

  /** The window that HTTP/2 begins with lets 3 MiB/s through, whatever the line could carry. */
  private void judgeDistance() {
    for (String name : List.of(Wire.TWO.title(), Wire.TWO_TLS.title())) {
      Unit speed = Unit.MIB_PER_SECOND;
      line(Suite.FAR, name)
          .ifPresent(
              far -> add("far MiB/s: " + name, value(far, speed), AT_LEAST, FAR_MIB_PER_SECOND));
    }
  }

  private void judgeScaling() {
    Unit cpu = Unit.CPU_MICROS_PER_CHUNK;
    compare(Suite.SCALING, cpu, Scaling.MANY, Scaling.FEW, AT_MOST, MANY_OF_FEW);
    Unit time = Unit.MILLIS_PER_CHUNK;
    compare(Suite.SCALING, time, Scaling.MANY, Scaling.FEW, AT_MOST, MANY_OF_FEW);
    for (Line line : lines(Suite.SCALING)) {
      if (line.name().equals(Scaling.CHUNKS)) {
        double ratio = value(line, Unit.LATE_CHUNK_MILLIS) / value(line, Unit.EARLY_CHUNK_MILLIS);
        add("last / first 500 of " + line.name(), ratio, AT_MOST, MANY_OF_FEW);
      }
      if (line.name().equals(Scaling.MANY)) {
        double few = value(lines(Suite.SCALING).getFirst(), Unit.START_SECONDS);
        double more = value(line, Unit.START_SECONDS) - few;
        add("start with many sessions, s more", more, AT_MOST, START_SECONDS_MORE);
      }
    }
  }

  /** The sender must not be what is measured. */
  private void proveSender() {
    for (String key : List.of(Suite.W1, Suite.W2, Suite.W3)) {
      compareWithFastest(key, Unit.MIB_PER_SECOND);
      line(key, Entrant.NULL_SINK)
          .ifPresent(
              sink ->
                  add(
                      key + " sender's CPU s/GiB",
                      value(sink, Unit.SENDER_CPU_SECONDS_PER_GIB),
                      AT_MOST,
                      SENDER_CPU));
    }
    compareWithFastest(Suite.W4, Unit.UPLOADS_PER_SECOND);
  }

  private void compareWithFastest(String key, Unit unit) {
    List<String> servers = List.of(Entrant.NGINX, Entrant.APP, Entrant.APP_FORM);
    Optional<Double> fastest =
        servers.stream()
            .flatMap(name -> line(key, name).stream())
            .map(line -> value(line, unit))
            .max(Double::compare);
    Optional<Double> offered = line(key, Entrant.NULL_SINK).map(line -> value(line, unit));
    if (fastest.isPresent() && offered.isPresent()) {
      double ratio = offered.get() / fastest.get();
      add(key + " null sink / fastest server", ratio, AT_LEAST, SENDER_OF_ANY);
    }
  }

  private void compare(
      String key, Unit unit, String name, String other, Aim.Direction direction, double limit) {
    line(key, other)
        .flatMap(reference -> line(key, name).flatMap(line -> line.ratio(unit, reference)))
        .ifPresent(
            ratio ->
                add(
                    "%s %s: %s / %s".formatted(key, unit.label(), name, other),
                    ratio,
                    direction,
                    limit));
  }

  private void add(String text, double actual, Aim.Direction direction, double limit) {
    aims.add(new Aim(text, actual, direction, limit));
  }

  private List<Line> lines(String key) {
    return sections.stream()
        .filter(section -> section.key().equals(key))
        .flatMap(section -> section.lines().stream())
        .toList();
  }

  private Optional<Line> line(String key, String name) {
    return lines(key).stream().filter(line -> line.name().equals(name)).findFirst();
  }

  private static double value(Line line, Unit unit) {
    return line.figure(unit).orElseThrow().median();
  }
}
