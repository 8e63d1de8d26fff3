package dev.upload.app.kills;

import dev.upload.app.e2e.Eventually;
import dev.upload.app.e2e.PackagedApp;
import dev.upload.app.e2e.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The last lives at a home: everything is finished, held against what was sent, and deleted. */
final class Ending {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Home home;
  private final Ledger ledger;

  Ending(Home home, Ledger ledger) {
    this.home = home;
    this.ledger = ledger;
  }

  /** Finishes every transfer; returns what the app held before and after. */
  Resources finishAll() throws Exception {
    try (PackagedApp app = PackagedApp.start(home.command());
        Wire wire = new Wire(app.address(), ledger)) {
      Usage before = Usage.of(app.process());
      new Senders(wire, home.cargo(), () -> false).finishAll();
      wire.close();
      settle();
      return new Resources(home.toString(), before, Usage.of(app.process()));
    }
  }

  /** Connections of the clients close when the app sees that they are gone. */
  private static void settle() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
  }

  /**
   * Lets what nobody goes on with expire, deletes what nobody knows of, and notes every file that
   * is left then.
   *
   * @return how many finished files had a record, but no client: those whose last answer was lost
   */
  int sweep(Path root) throws Exception {
    if (home.kind() != Storage.Kind.FILESYSTEM) {
      return 0;
    }
    int unclaimed = 0;
    letCancelledOnesAge(root);
    try (PackagedApp app =
            PackagedApp.start(
                home.command("--upload.expiry=100ms", "--upload.purge-interval=300ms"));
        Wire wire = new Wire(app.address(), ledger)) {
      Eventually.holds(
          "unfinished uploads expire, cancelled ones are freed",
          LIMIT,
          () -> files(root.resolve("partial")).isEmpty() && cancelled(root) == 0);
      for (Path directory : files(root.resolve("files"))) {
        if (wire.remove(directory.getFileName().toString()) == 204) {
          unclaimed++;
        } else {
          ledger.broken("no record knows of " + directory);
        }
      }
    }
    return unclaimed;
  }

  /** A deletion that a kill cut off is gone on with after ten minutes: as if they had passed. */
  private static void letCancelledOnesAge(Path root) throws SQLException {
    try (Connection connection = connect(root);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          UPDATE session
          SET touched = 0, body = json_set(body, '$.touched', '2000-01-01T00:00:00Z')
          WHERE state = 'CANCELLED'
          """);
    }
  }

  private static int cancelled(Path root) throws SQLException {
    try (Connection connection = connect(root);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT count(*) FROM session WHERE state = 'CANCELLED'")) {
      return row.getInt(1);
    }
  }

  private static Connection connect(Path root) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + root.resolve("sessions.db"));
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
