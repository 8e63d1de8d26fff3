package dev.upload.app.kills;

import dev.upload.app.e2e.Eventually;
import dev.upload.app.e2e.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of the app that ends with {@code kill -9}. */
final class Life {

  private static final Pattern READY = Pattern.compile("Ready at (\\S+) after");
  private static final Pattern WAITS_FOR_DEBUGGER =
      Pattern.compile("Listening for transport dt_socket at address: (\\d+)");
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  /** The app may not come to the chosen place, or not as often. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Home home;
  private final Moment moment;
  private final Ledger ledger;
  private final ServerProcess app;
  private final AtomicBoolean over = new AtomicBoolean();

  private Life(Home home, Moment moment, Ledger ledger, ServerProcess app) {
    this.home = home;
    this.moment = moment;
    this.ledger = ledger;
    this.app = app;
  }

  /** Starts the app at {@code home}, works with it, kills it at {@code moment}, and counts. */
  static void run(Home home, Moment moment, Ledger ledger)
      throws IOException, InterruptedException {
    ProcessBuilder command = moment instanceof Moment.At ? home.debuggedCommand() : home.command();
    try (ServerProcess app = ServerProcess.start("killed", command)) {
      new Life(home, moment, ledger, app).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      switch (moment) {
        case Moment.Starting(Duration after) -> killLater(clock, after, moment.kind());
        case Moment.Working _ -> {}
        case Moment.At at -> Debugger.attach(debuggerPort(), at, () -> kill(at.kind()));
      }
      Optional<URI> address = awaitReady();
      if (address.isPresent()) {
        switch (moment) {
          case Moment.Starting _ -> {}
          case Moment.Working(Duration after) -> killLater(clock, after, moment.kind());
          case Moment.At _ -> killLater(clock, PATIENCE, "while working");
        }
        try (Wire wire = new Wire(address.get(), ledger)) {
          new Senders(wire, home.cargo(), over::get).runUntilKilled();
        }
      }
      clock.shutdownNow();
    }
    requireKilled();
  }

  private void killLater(ScheduledExecutorService clock, Duration after, String kind) {
    var _ = clock.schedule(() -> kill(kind), after.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void kill(String kind) {
    if (over.compareAndSet(false, true)) {
      app.close();
      ledger.killed(kind);
    }
  }

  private int debuggerPort() {
    return Integer.parseInt(app.await(WAITS_FOR_DEBUGGER, START_LIMIT).group(1));
  }

  /** Returns where the app listens; empty if it was killed before it did. */
  private Optional<URI> awaitReady() {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      boolean alive = app.isAlive();
      Matcher ready = READY.matcher(app.log());
      if (ready.find()) {
        return Optional.of(URI.create(ready.group(1) + "/"));
      }
      if (!alive) {
        return Optional.empty();
      }
      Eventually.pause();
    }
    ledger.broken("%s was not ready after %s:%n%s".formatted(home, START_LIMIT, app.log()));
    return Optional.empty();
  }

  /** An app that ended by itself is a broken promise, and so is one that cannot start. */
  private void requireKilled() {
    if (!over.get()) {
      ledger.broken("%s ended by itself:%n%s".formatted(home, app.log()));
    }
  }
}
