package dev.upload.app.kills;

import dev.upload.app.e2e.PackagedApp;
import dev.upload.app.e2e.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A storage that outlives its app, and what is uploaded to it.
 *
 * @param level of durability
 */
record Home(Storage.Kind kind, String level, Storage storage, Cargo cargo) {

  /** Returns the command that starts the app as it is packaged. */
  ProcessBuilder command(String... more) {
    List<String> settings = new ArrayList<>(List.of("--upload.durability=" + level));
    settings.addAll(List.of(more));
    return storage.command(settings);
  }

  /**
   * Returns the command that starts the same app on the JDK, whose runtime can be debugged, and
   * lets it wait for the debugger.
   */
  ProcessBuilder debuggedCommand() {
    ProcessBuilder command = command();
    List<String> arguments = command.command().subList(1, command.command().size());
    List<String> java =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0",
                "-Dmicronaut.config.files=" + file("config/application.yml"),
                "-jar",
                file("lib/upload-app.jar")));
    java.addAll(arguments);
    return command.command(java);
  }

  private static String file(String name) {
    return PackagedApp.HOME.resolve(name).toAbsolutePath().toString();
  }

  @Override
  public String toString() {
    return kind + " " + level;
  }
}
