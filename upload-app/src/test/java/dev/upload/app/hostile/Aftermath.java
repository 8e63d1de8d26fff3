package dev.upload.app.hostile;

import dev.upload.app.e2e.Eventually;
import dev.upload.app.e2e.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * What has to be as it was once hostile clients are gone.
 *
 * @param root of the app's storage
 */
record Aftermath(ServerProcess process, Path root, Footprint footprint, Memory memory) {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Pipes, one for each event loop, connections of the honest client, and of the database. */
  private static final long MORE_DESCRIPTORS = 16;

  private static final long MORE_THREADS = 8;

  /** Caches: what was compiled and resolved, pools of buffers, recent records. */
  private static final long MORE_LIVE_KIB = 12 * 1024;

  private static final long MORE_ELSEWHERE_KIB = 64 * 1024;

  static Aftermath expected(ServerProcess process, Path root) throws Exception {
    return new Aftermath(process, root, Footprint.of(process), Memory.of(process));
  }

  /** Waits for what takes its time, and returns what is not as it was. */
  List<String> differences() throws Exception {
    List<String> broken = new ArrayList<>();
    await(broken, "descriptors", this::descriptorsAreBack);
    await(broken, "files of unfinished uploads", () -> files("partial") == 0);
    await(broken, "records of unfinished uploads", () -> unfinished() == 0);
    Memory now = Memory.of(process);
    if (now.live() > memory.live() + MORE_LIVE_KIB) {
      broken.add("heap: " + now);
    }
    if (now.rest() > memory.rest() + MORE_ELSEWHERE_KIB) {
      broken.add("memory outside the heap: " + now);
    }
    process.log().lines().filter(line -> line.contains(" ERROR ")).forEach(broken::add);
    return broken;
  }

  /** The same of threads: one that waited for a disk stays for half a minute. */
  List<String> threadsLeft() throws Exception {
    List<String> broken = new ArrayList<>();
    await(broken, "threads", this::threadsAreBack);
    return broken;
  }

  private static void await(List<String> broken, String what, Callable<Boolean> back)
      throws Exception {
    try {
      Eventually.holds(what + " are back", LIMIT, back);
    } catch (AssertionError e) {
      broken.add(e.getMessage());
    }
  }

  private boolean descriptorsAreBack() throws IOException {
    return process.openFiles() <= footprint.descriptors() + MORE_DESCRIPTORS;
  }

  private boolean threadsAreBack() throws IOException {
    return Footprint.of(process).threads() <= footprint.threads() + MORE_THREADS;
  }

  private long files(String directory) throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve(directory))) {
      return entries.count();
    }
  }

  private int unfinished() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + root.resolve("sessions.db"));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT count(*) FROM session WHERE state <> 'COMPLETE'")) {
      return row.getInt(1);
    }
  }
}
