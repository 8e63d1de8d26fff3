package dev.upload.app.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The hot pieces by themselves, measured by JMH. Their sources are no part of the build: they are
 * compiled here, with the code that JMH makes of them.
 */
record Micro(String key, String title) implements Workload {

  private static final List<String> SHORT = List.of("-f1", "-wi", "3", "-w1", "-i", "5", "-r1");

  /** Where the sources are, if the build told it. */
  static Optional<Path> sources() {
    return Optional.ofNullable(System.getProperty("bench.jmh.sources"))
        .map(Path::of)
        .filter(Files::isDirectory);
  }

  @Override
  public Section measure(Fleet fleet, Rounds rounds) throws IOException, InterruptedException {
    Path home = fleet.home("jmh");
    Path classes = Files.createDirectory(home.resolve("classes"));
    String libraries = Files.readString(Path.of(System.getProperty("bench.class-path-file")));
    List<String> javac = new ArrayList<>(List.of(tool("javac"), "-proc:full", "-cp", libraries));
    javac.addAll(List.of("-d", classes.toString()));
    try (Stream<Path> files = Files.walk(sources().orElseThrow().toAbsolutePath())) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(javac::add);
    }
    run(javac, home);
    List<String> java =
        new ArrayList<>(List.of(tool("java"), "--enable-native-access=ALL-UNNAMED"));
    java.addAll(List.of("-cp", classes + File.pathSeparator + libraries));
    java.add("org.openjdk.jmh.Main");
    java.addAll(SHORT);
    java.addAll(List.of("-rf", "csv", "-rff", "results.csv"));
    run(java, home);
    return new Section(key, title, lines(Files.readAllLines(home.resolve("results.csv"))));
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static void run(List<String> command, Path home)
      throws IOException, InterruptedException {
    Path log = home.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("no figures: " + Files.readString(log));
    }
  }

  /** Each row has the name, the mode, threads, samples, the score, its error and the unit. */
  private static List<Line> lines(List<String> rows) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.replace("\"", "").split(",", -1);
      String[] name = cells[0].split("\\.", -1);
      StringBuilder text = new StringBuilder(name[name.length - 2] + "." + name[name.length - 1]);
      for (int i = 7; i < cells.length; i++) {
        text.append(cells[i].isEmpty() ? "" : ", " + cells[i]);
      }
      scores.put(text.toString(), Double.valueOf(cells[4]));
    }
    return scores.entrySet().stream()
        .map(
            score ->
                new Line(
                    score.getKey(),
                    List.of(new Figure(Unit.NANOS_PER_OPERATION, List.of(score.getValue())))))
        .toList();
  }
}
