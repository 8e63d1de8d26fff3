package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Loads the packaged app, nginx and two sinks in turn; see docs/performance.md. */
final class Bench {

  private Bench() {}

  /** Takes the packaged app's directory and the one for the results. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options = Options.ofSystemProperties();
    Path directory = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
    Path scratch = Files.createTempDirectory(directory, "run");
    spread(scratch);
    Runtime.getRuntime().addShutdownHook(new Thread(Bench::endServers));
    try {
      Results results =
          new Results(Machine.describe(scratch), measure(options, Path.of(args[0]), scratch));
      results.aims().forEach(aim -> System.out.println(aim.verdict()));
      Files.writeString(directory.resolve("results.json"), results.json());
    } finally {
      new Directory(scratch).delete();
    }
  }

  private static List<Section> measure(Options options, Path app, Path scratch)
      throws IOException, InterruptedException {
    if (Nginx.executable().isEmpty()) {
      System.out.println("nginx is not installed: ratios are to the file sink.");
    }
    Fleet fleet = new Fleet(app.resolve("bin", "upload-app"), scratch, new AtomicInteger());
    List<Section> sections = new ArrayList<>();
    for (Workload workload : Suite.of(options)) {
      if (options.wants(workload)) {
        Section section = workload.measure(fleet, options.rounds());
        System.out.println(Table.of(section));
        sections.add(section);
      }
    }
    return sections;
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
