package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts servers, each with a directory of its own below one scratch directory. */
final class Fleet {

  private static final Pattern READY = Pattern.compile("Ready at https?://127.0.0.1:(\\d+)");
  private static final int STARTS_AT_MOST_HUNDREDTHS = 3_000;

  private final Path launcher;
  private final Path scratch;
  private int started;

  /** Takes the launcher of the packaged app. */
  Fleet(Path launcher, Path scratch) {
    this.launcher = launcher;
    this.scratch = scratch;
  }

  Server app(String name, List<String> options) throws IOException, InterruptedException {
    return app(name, home("app"), options);
  }

  /** Starts the app on a directory that may have been in use before. */
  Server app(String name, Path home, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.add("--micronaut.server.port=0");
    command.add("--upload.store.filesystem.root=" + home);
    command.addAll(options);
    return start(name, command, home, true);
  }

  /** Leaves open sessions in a directory for the app. */
  void seed(Path home, int sessions) throws IOException, InterruptedException {
    Path libraries = launcher.resolveSibling("../lib").normalize();
    String classPath = System.getProperty("java.class.path") + ":" + libraries + "/*";
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-cp", classPath));
    command.addAll(List.of(Seeder.class.getName(), home.toString(), Integer.toString(sessions)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("seed.log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("no sessions: " + Files.readString(home.resolve("seed.log")));
    }
  }

  /** The least that a server in Java does to get bytes into a file. */
  Server fileSink() throws IOException, InterruptedException {
    Path home = home("sink");
    return start(Entrant.FILE_SINK, sink(home.resolve("files").toString()), home, true);
  }

  /** Takes all that the sender has and keeps nothing of it. */
  Server nullSink() throws IOException, InterruptedException {
    Path home = home("null");
    return start(Entrant.NULL_SINK, sink(), home, false);
  }

  /** Empty where there is no nginx on this machine. */
  Optional<Server> nginx() throws IOException, InterruptedException {
    Optional<Path> executable = Nginx.executable();
    return executable.isEmpty()
        ? Optional.empty()
        : Optional.of(Nginx.start(executable.get(), home("nginx")));
  }

  /** Starts a command that prints the same line as the app does when it is ready. */
  Server process(String name, List<String> command) throws IOException, InterruptedException {
    return start(name, command, home("process"), false);
  }

  /** A name that no other run had: from it ext4 derives the region, see {@link Directory}. */
  Path home(String name) throws IOException {
    started++;
    String unique = "%s-%d-%s".formatted(name, started, scratch.getFileName());
    return Files.createDirectory(scratch.resolve(unique));
  }

  private static List<String> sink(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
    command.add(Sink.class.getName());
    command.addAll(List.of(args));
    return command;
  }

  private static Server start(String name, List<String> command, Path home, boolean keeps)
      throws IOException, InterruptedException {
    Directory files = Directory.create(home.resolve("files"));
    Path log = home.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    for (int i = 0; i < STARTS_AT_MOST_HUNDREDTHS && process.isAlive(); i++) {
      Matcher ready = READY.matcher(Files.readString(log));
      if (ready.find()) {
        return new Server(name, process, Integer.parseInt(ready.group(1)), files, keeps);
      }
      Thread.sleep(10);
    }
    process.destroyForcibly();
    throw new IOException(name + " does not start: " + Files.readString(log));
  }
}
