package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Loads the packaged app and two sinks in turn, and prints medians; see docs/performance.md. */
final class Bench {

  /** Until the JVM has compiled what a chunk meets; before that it uses twice the CPU time. */
  private static final int WARM_UP_ROUNDS = 3;

  private static final int ROUNDS = 5;
  private static final List<Workload> LOADS =
      List.of(
          new Workload(false, 8, 1, 128),
          new Workload(true, 8, 1, 128),
          new Workload(false, 1, 16, 64),
          new Workload(true, 1, 16, 64));

  private final Path scratch;

  private Bench(Path scratch) {
    this.scratch = scratch;
  }

  /** Takes the packaged app's directory and the one for the results. */
  public static void main(String[] args) throws Exception {
    Path results = Files.createDirectories(Path.of(args[1]));
    Path scratch = Files.createTempDirectory(results, "run");
    try {
      List<Figures> figures = new Bench(scratch).run(Path.of(args[0], "bin", "upload-app"));
      figures.forEach(figure -> System.out.println(figure.line()));
      Files.writeString(results.resolve("results.json"), json(figures));
    } finally {
      deleteBelow(scratch);
      Files.delete(scratch);
    }
  }

  private List<Figures> run(Path launcher) throws Exception {
    List<Figures> figures = new ArrayList<>();
    for (Workload load : LOADS) {
      // New processes for each, so that a peak of memory is this workload's own.
      try (Server nowhere = sink("null sink");
          Server file =
              sink("file sink", Files.createDirectory(scratch.resolve("sink")).toString());
          Server app = app(launcher)) {
        figures.addAll(measure(load, List.of(nowhere, file, app)));
      }
      deleteBelow(scratch);
    }
    return figures;
  }

  /** Takes turns, so that a change of the machine's mood meets all of them. */
  private List<Figures> measure(Workload load, List<Server> servers)
      throws IOException, InterruptedException, ExecutionException {
    List<Figures> figures =
        servers.stream().map(server -> new Figures(server.name(), load)).toList();
    for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      for (int i = 0; i < servers.size(); i++) {
        Server server = servers.get(i);
        double before = server.cpuSeconds();
        double seconds = new Generator(server.port()).send(load, "round-" + round);
        if (round >= WARM_UP_ROUNDS) {
          figures.get(i).add(seconds, server.cpuSeconds() - before, server.peakMebibytes());
        }
        deleteBelow(scratch.resolve("root/files"));
      }
    }
    return figures;
  }

  private Server sink(String name, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
    command.add(Sink.class.getName());
    command.addAll(List.of(args));
    return Server.start(name, scratch.resolve(name + ".log"), command);
  }

  private Server app(Path launcher) throws IOException, InterruptedException {
    return Server.start(
        "upload-app",
        scratch.resolve("app.log"),
        List.of(
            launcher.toString(),
            "--micronaut.server.port=0",
            "--upload.store.filesystem.root=" + scratch.resolve("root")));
  }

  private static String json(List<Figures> figures) {
    return figures.stream().map(Figures::json).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static void deleteBelow(Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(top)) {
          Files.delete(file);
        }
      }
    }
  }
}
