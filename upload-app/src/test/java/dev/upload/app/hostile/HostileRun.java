package dev.upload.app.hostile;

import dev.upload.app.e2e.Eventually;
import dev.upload.app.e2e.PackagedApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Lets all kinds of hostile clients at the packaged app, with an honest one among them, and says
 * what that cost.
 */
final class HostileRun {

  private final int idle;
  private final int others;
  private final int rounds;
  private final List<String> lines = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  /**
   * @param idle how many connections do nothing
   * @param others how many clients of every other kind there are
   * @param rounds how often all of them come: what is kept once is a reserve, what grows is a leak
   */
  HostileRun(int idle, int others, int rounds) {
    this.idle = idle;
    this.others = others;
    this.rounds = rounds;
  }

  /** What came of it. */
  record Outcome(List<String> lines, List<String> broken) {
    @Override
    public String toString() {
      return String.join(System.lineSeparator(), lines);
    }
  }

  /** Runs with as many idle connections, and others, as it is told. */
  public static void main(String[] args) throws Exception {
    Path parent = Files.createDirectories(Path.of(args[3])).toAbsolutePath();
    Path directory = Files.createTempDirectory(parent, "run");
    HostileRun run =
        new HostileRun(
            Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    Outcome outcome = run.in(directory);
    Files.writeString(parent.resolve("figures.txt"), outcome.toString());
    if (!outcome.broken().isEmpty()) {
      System.out.println("BROKEN: " + outcome.broken());
      System.exit(1);
    }
  }

  Outcome in(Path directory) throws Exception {
    Path root = directory.resolve("data");
    try (PackagedApp app = started(directory, root)) {
      try (HonestClient first = new HonestClient(app.address())) {
        Eventually.holds("all is loaded", Duration.ofSeconds(60), () -> first.served() >= 200);
      }
      Aftermath expected = Aftermath.expected(app.process(), root);
      say("before: %s; %s".formatted(expected.footprint(), expected.memory()));
      try {
        for (int round = 1; round <= rounds; round++) {
          crowd(app, round);
          broken.addAll(expected.differences());
          broken.addAll(rounds > 1 ? expected.threadsLeft() : List.of()); // not in every build
          Footprint now = Footprint.of(app.process());
          say("after round %d: %s; %s".formatted(round, now, Memory.of(app.process())));
        }
      } catch (ExecutionException | IOException e) {
        if (app.process().isAlive()) {
          throw e;
        }
        broken.add("the app ended: " + app.process().log().lines().reduce("", (a, b) -> b));
      }
    }
    return new Outcome(lines, broken);
  }

  private PackagedApp started(Path directory, Path root) {
    return PackagedApp.start(
        directory,
        "--upload.store.filesystem.root=" + root,
        "--upload.limits.min-free=1MB",
        "--upload.expiry=6s",
        "--upload.purge-interval=1s",
        "--upload.http.patience=3s",
        "--upload.http.min-rate=50KB",
        "--upload.http.head-timeout=" + headTimeout().toMillis() + "ms");
  }

  /** Time enough to open all connections before the first is closed. */
  private Duration headTimeout() {
    return Duration.ofMillis(3_500 + idle);
  }

  private void crowd(PackagedApp app, int round) throws Exception {
    try (HonestClient honest = new HonestClient(app.address())) {
      idle(app);
      for (Kinds.Kind kind : Kinds.all(round)) {
        Map<Integer, Integer> seen = new Crowd(app.address()).all(others, kind.mischief());
        say("%d %s: %s".formatted(others, kind.name(), seen));
        if (!kind.expected().containsAll(seen.keySet())) {
          broken.add(kind.name() + " saw " + seen);
        }
      }
      Footprint reading = new SlowReaders(app.address(), app.process(), others).meet();
      say("%d slow readers: %s".formatted(others, reading));
      say("honest client: %s".formatted(honest));
      if (honest.failed() > 0 || honest.served() == 0) {
        broken.add("honest client: " + honest);
      }
    }
  }

  private void idle(PackagedApp app) throws Exception {
    Footprint alone = Footprint.of(app.process());
    List<Stranger> strangers = new ArrayList<>();
    try {
      for (int i = 0; i < idle; i++) {
        strangers.add(new Stranger(app.address()));
      }
      Eventually.holds(
          "all are accepted",
          Duration.ofSeconds(30),
          () -> app.process().openFiles() >= alone.descriptors() + idle * 9 / 10);
      say("%d idle connections: %s".formatted(idle, Footprint.of(app.process())));
      strangers.getLast().awaitEnd(); // nobody is kept who asks for nothing
    } finally {
      for (Stranger stranger : strangers) {
        stranger.close();
      }
    }
  }

  /** A run that takes minutes says at once what it sees. */
  private void say(String line) {
    lines.add(line);
    System.out.println(line);
  }
}
