package dev.upload.app.e2e;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The app as {@code mvn package} leaves it, started by its launcher on a free port. */
public final class PackagedApp implements AutoCloseable {

  public static final Path HOME =
      Path.of(System.getProperty("upload.app.home", "target/upload-app"));
  static final Path LAUNCHER = HOME.resolve("bin/upload-app").toAbsolutePath();

  private static final Pattern READY = Pattern.compile("Ready at (\\S+) after");
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final ServerProcess process;
  private final URI address;

  private PackagedApp(ServerProcess process) {
    this.process = process;
    this.address = URI.create(process.await(READY, START_LIMIT).group(1) + "/");
  }

  /** Starts it in {@code directory}, and returns once it is ready. */
  public static PackagedApp start(Path directory, String... settings) {
    return start(command(directory, settings));
  }

  public static PackagedApp start(ProcessBuilder command) {
    return new PackagedApp(ServerProcess.start("app", command));
  }

  /** Starts it although it may not become ready. */
  public static ServerProcess launch(Path directory, String... settings) {
    return ServerProcess.start("app", command(directory, settings));
  }

  public static ProcessBuilder command(Path directory, String... settings) {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.add("--micronaut.server.port=0");
    command.addAll(List.of(settings));
    return new ProcessBuilder(command).directory(directory.toFile());
  }

  public URI address() {
    return address;
  }

  public ServerProcess process() {
    return process;
  }

  /** Ends it as {@code kill -9} does. */
  @Override
  public void close() {
    process.close();
  }
}
