package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Loads the packaged app, nginx and two sinks in turn; see docs/performance.md. */
final class Bench {

  private Bench() {}

  /** Takes the packaged app's directory and the one for the results. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options = Options.ofSystemProperties();
    Path directory = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
    Path scratch = Files.createTempDirectory(directory, "run");
    spread(scratch);
    if (Nginx.executable().isEmpty()) {
      System.out.println("nginx is not installed: ratios are to the file sink.");
    }
    Runtime.getRuntime().addShutdownHook(new Thread(Bench::endServers));
    try {
      Fleet fleet = new Fleet(Path.of(args[0], "bin", "upload-app"), scratch);
      Results results = new Results(Machine.describe(scratch), List.of());
      for (Workload workload : Suite.of(options)) {
        results = results.with(workload.measure(fleet, options.rounds()));
        System.out.println(Table.of(results.sections().getLast()));
        write(results, directory);
      }
      results.aims().forEach(aim -> System.out.println(aim.verdict()));
    } finally {
      new Directory(scratch).delete();
    }
  }

  /** After each workload, so that a run that is cut off leaves what it has. */
  private static void write(Results results, Path directory) throws IOException {
    Files.writeString(directory.resolve("results.json"), results.json());
    Files.writeString(directory.resolve("results.svg"), Plot.of(results));
  }

  /**
   * Asks ext4 to place each server's directory in a region of its own, apart from what the previous
   * run deleted; see {@link Directory#retire}. Other filesystems need no such help.
   */
  private static void spread(Path scratch) throws InterruptedException {
    try {
      new ProcessBuilder("chattr", "+T", scratch.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException _) {
      System.out.println("No chattr here: new files may cost more than they should.");
    }
  }

  /** Leaves no server behind when the run is cut off. */
  private static void endServers() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
