package dev.upload.app.hostile;

import dev.upload.app.e2e.Eventually;
import dev.upload.app.e2e.PackagedApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets all kinds of hostile clients at the packaged app, with an honest one among them, and says
 * what that cost.
 *
 * @param idle how many connections do nothing
 * @param others how many clients of every other kind there are
 */
record HostileRun(int idle, int others) {

  private static final String SEND =
      "POST /uploads?resumableChunkNumber=1&resumableTotalChunks=1&resumableChunkSize=1048576"
          + "&resumableTotalSize=1048576&resumableFilename=x.bin&resumableIdentifier=%s%d HTTP/1.1"
          + "\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n";

  private static final String GIANT =
      String.join(
          "\r\n",
          "POST /files HTTP/1.1",
          "Host: x",
          "Tus-Resumable: 1.0.0",
          "Upload-Length: 9223372036854775807",
          "",
          "");

  /** What came of it. */
  record Outcome(List<String> lines, List<String> broken) {
    @Override
    public String toString() {
      return String.join(System.lineSeparator(), lines);
    }
  }

  /** One kind of hostile clients, and the statuses that they may see. */
  private record Kind(String name, Set<Integer> expected, Crowd.Mischief mischief) {}

  /** Runs with as many idle connections, and others, as it is told. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[2])).toAbsolutePath();
    Outcome outcome =
        new HostileRun(Integer.parseInt(args[0]), Integer.parseInt(args[1])).in(directory);
    System.out.println(outcome);
    if (!outcome.broken().isEmpty()) {
      System.out.println("BROKEN: " + outcome.broken());
      System.exit(1);
    }
  }

  Outcome in(Path directory) throws Exception {
    List<String> lines = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    try (PackagedApp app =
        PackagedApp.start(
            directory,
            "--upload.store.filesystem.root=" + directory.resolve("data"),
            "--upload.limits.min-free=1MB",
            "--upload.http.patience=3s",
            "--upload.http.head-timeout=10s")) {
      Crowd crowd = new Crowd(app.address());
      new HonestClient(app.address()).close(); // everything is loaded once
      Footprint before = Footprint.of(app.process());
      lines.add("before: " + before);
      try (HonestClient honest = new HonestClient(app.address())) {
        idle(app, lines);
        for (Kind kind : kinds()) {
          Map<Integer, Integer> seen = crowd.all(others, kind.mischief());
          lines.add("%s: %s".formatted(kind.name(), seen));
          if (!kind.expected().containsAll(seen.keySet())) {
            broken.add(kind.name() + " saw " + seen);
          }
        }
        lines.add("honest client: " + honest);
        if (honest.failed() > 0 || honest.served() == 0) {
          broken.add("honest client: " + honest);
        }
      }
      settle(app, before, lines, broken);
    }
    return new Outcome(lines, broken);
  }

  private void idle(PackagedApp app, List<String> lines) throws Exception {
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
      Footprint crowded = Footprint.of(app.process());
      lines.add("%d idle connections: %s".formatted(idle, crowded));
      strangers.getLast().awaitEnd(); // nobody is kept who asks for nothing
    } finally {
      for (Stranger stranger : strangers) {
        stranger.close();
      }
    }
  }

  private static List<Kind> kinds() {
    String head = "GET /uploads HTTP/1.1\r\nHost: x\r\n";
    return List.of(
        new Kind("heads that drip", Set.of(0), HostileRun::drip),
        new Kind(
            "senders that stop",
            Set.of(423),
            (one, number) -> one.say(SEND.formatted("s", number) + "x".repeat(9_000)).status()),
        new Kind("senders that vanish", Set.of(0), HostileRun::vanish),
        new Kind(
            "two lengths",
            Set.of(400),
            (one, number) ->
                one.say(head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n").status()),
        new Kind(
            "length and chunks",
            Set.of(400),
            (one, number) ->
                one.say(head + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                    .status()),
        new Kind(
            "a flood of headers",
            Set.of(431, 0),
            (one, number) -> one.say(head + "X-A: b\r\n".repeat(20_000) + "\r\n").status()),
        new Kind(
            "a flood of parameters",
            Set.of(400, 414),
            (one, number) ->
                one.say("GET /uploads?" + "a=b&".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")
                    .status()),
        new Kind("giant lengths", Set.of(413), (one, number) -> one.say(GIANT).status()));
  }

  private static int drip(Stranger stranger, int number) throws Exception {
    stranger.say("GET / HTTP/1.1\r\nX-Number: " + number);
    stranger.awaitEnd();
    return 0;
  }

  private static int vanish(Stranger stranger, int number) throws Exception {
    stranger.say(SEND.formatted("v", number) + "x".repeat(9_000)).reset();
    return 0;
  }

  private static void settle(
      PackagedApp app, Footprint before, List<String> lines, List<String> broken) throws Exception {
    try {
      Eventually.holds(
          "descriptors are back",
          Duration.ofSeconds(30),
          () -> app.process().openFiles() <= before.descriptors() + 8);
    } catch (AssertionError e) {
      broken.add(e.getMessage());
    }
    lines.add("after: " + Footprint.of(app.process()));
  }
}
