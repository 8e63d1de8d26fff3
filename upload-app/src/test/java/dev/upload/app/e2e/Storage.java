package dev.upload.app.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What keeps the uploads of an app that may be started more than once. */
public final class Storage implements AutoCloseable {

  /** Which store. */
  public enum Kind {
    FILESYSTEM,
    S3
  }

  private final Path directory;
  private final AutoCloseable server;
  private final String[] settings;

  private Storage(Path directory, AutoCloseable server, String... settings) {
    this.directory = directory;
    this.server = server;
    this.settings = settings;
  }

  /** Opens an empty one below {@code directory}. */
  public static Storage open(Kind kind, Path directory) throws IOException {
    return switch (kind) {
      case FILESYSTEM ->
          new Storage(
              directory, () -> {}, "--upload.store.filesystem.root=" + directory.resolve("root"));
      case S3 -> {
        S3Server server = S3Server.start(directory);
        yield new Storage(directory, server, server.settings());
      }
    };
  }

  public PackagedApp startApp() {
    return startApp(List.of());
  }

  /** Starts the app with {@code more} settings than the storage's own. */
  public PackagedApp startApp(List<String> more) {
    return PackagedApp.start(command(more));
  }

  /** Returns the command that starts the app with {@code more} settings. */
  public ProcessBuilder command(List<String> more) {
    return PackagedApp.command(
        directory, Stream.concat(Stream.of(settings), more.stream()).toArray(String[]::new));
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}
