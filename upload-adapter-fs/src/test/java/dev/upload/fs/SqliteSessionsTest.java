package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.OpenUsage;
import dev.upload.core.model.Owner;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadMetadata;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SQLite makes of sessions, seen after a restart so that nothing comes from memory. */
class SqliteSessionsTest {

  @TempDir Path root;

  @Test
  void keepsAnyTextAndItsOrderOverARestart() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("zeta", "\u0000\u0001\n\t\"\\/\u007f\u2028");
    entries.put("alpha", "\uD83D\uDE00 {\"a\":[1,null]} $.x");
    entries.put("", "no key");
    entries.put("a.b[0]", "");
    UploadSession session = withMetadata(new UploadMetadata(entries));

    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      files.sessions().insert(session);
    }

    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      UploadSession found = files.sessions().find(session.id()).orElseThrow();
      assertThat(found).isEqualTo(session);
      assertThat(found.metadata().entries().keySet())
          .containsExactly("zeta", "alpha", "", "a.b[0]");
      assertThat(files.sessions().untouchedSince(UploadState.OPEN, Instant.MAX, 10))
          .containsExactly(session);
    }
  }

  @Test
  void countsWhatAnEarlierFormatHasUnfinished() throws SQLException {
    UploadSession finished = Sessions.whole(Sessions.open(Sessions.grid(500, 100)));
    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      files.sessions().insert(Sessions.open(Sessions.grid(1_000, 100)));
      files.sessions().insert(Sessions.open(Sessions.append(2_000)));
      files.sessions().insert(finished.completed(StoreNotes.NONE, Sessions.START).asVersion(1));
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String trigger : new String[] {"begun", "reopened", "grown", "ended", "deleted"}) {
        statement.executeUpdate("DROP TRIGGER usage_" + trigger);
      }
      statement.executeUpdate("DROP TABLE usage");
      statement.executeUpdate("ALTER TABLE session DROP COLUMN bytes");
      statement.executeUpdate("PRAGMA user_version = 1");
    }

    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      assertThat(files.sessions().openUsage()).contains(new OpenUsage(2, 3_000));
      assertThat(files.sessions().openUsage(Owner.ANONYMOUS)).contains(new OpenUsage(2, 3_000));
    }
  }

  @Test
  void keepsTheListOfAnEarlierFormatAndNumbersBehindIt() throws SQLException {
    UploadDeclaration declaration = Sessions.grid(1_000, 100);
    byte[] whole = Bytes.random(1_000, 1);
    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      TestUploads.begin(TestUploads.uploads(files), declaration, whole);
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DROP TABLE unforced");
      statement.executeUpdate(
          """
          CREATE TABLE unforced (
            seq    INTEGER PRIMARY KEY AUTOINCREMENT,
            id     TEXT NOT NULL,
            start  INTEGER NOT NULL,
            end    INTEGER NOT NULL,
            crc32c INTEGER NOT NULL
          ) STRICT;
          """);
      statement.executeUpdate(
          "INSERT INTO unforced VALUES (41, '%s', 0, 100, 7)".formatted(declaration.id()));
      statement.executeUpdate("PRAGMA user_version = 2");
    }

    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      SqliteSessions sessions = (SqliteSessions) files.sessions();
      assertThat(sessions.listed(declaration.id()))
          .containsExactly(new Fingerprint(new ByteRange(0, 100), 7));
      TestUploads.send(TestUploads.uploads(files), declaration, whole, 3);

      assertThat(sessions.lastListed()).isEqualTo(42);
    }
  }

  @Test
  void countsLengthsThatAreTooLargeToAdd() {
    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      for (int i = 0; i < 3; i++) {
        assertThat(files.sessions().insert(Sessions.open(Sessions.append(Long.MAX_VALUE))))
            .isTrue();
      }

      assertThat(files.sessions().openUsage()).contains(new OpenUsage(3, Long.MAX_VALUE));
    }
  }

  @Test
  void countsAnUploadThatLostBytesAsUnfinishedAgain() {
    UploadSession whole = Sessions.whole(Sessions.open(Sessions.append(1_000))).asVersion(1);
    UploadSession complete = whole.completed(StoreNotes.NONE, Sessions.START);
    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      files.sessions().insert(whole);
      files.sessions().replace(complete);

      files.sessions().replace(complete.without(ByteRange.at(0, 10), StoreNotes.NONE));

      assertThat(files.sessions().openUsage()).contains(new OpenUsage(1, 1_000));
    }
  }

  @Test
  void listsTheOldestFirst() {
    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      for (int seconds : new int[] {5, 1, 4, 2, 3}) {
        UploadSession opened = Sessions.open(Sessions.grid(100, 10));
        files.sessions().insert(touched(opened, Duration.ofSeconds(seconds)).asVersion(1));
      }

      assertThat(
              files.sessions().untouchedSince(UploadState.OPEN, Sessions.START.plusSeconds(5), 3))
          .extracting(session -> Duration.between(Sessions.START, session.touchedAt()))
          .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
    }
  }

  @Test
  void progressWithinASecondAndAfterItIsRecordedAndCountsAsTouched() {
    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      UploadSession opened = Sessions.open(Sessions.grid(100, 10)).asVersion(1);
      files.sessions().insert(opened);
      UploadSession soon = touched(opened, Duration.ofMillis(300)).asVersion(2);
      UploadSession sooner = touched(soon, Duration.ofMillis(700)).asVersion(3);
      UploadSession later = touched(sooner, Duration.ofMillis(2_500)).asVersion(4);

      assertThat(files.sessions().replace(soon)).isTrue();
      assertThat(files.sessions().replace(sooner)).isTrue();
      assertThat(untouchedFor(files, Duration.ofMillis(700))).isEmpty();
      assertThat(untouchedFor(files, Duration.ofMillis(701))).containsExactly(sooner);
      assertThat(files.sessions().replace(later)).isTrue();
      assertThat(files.sessions().replace(soon)).as("it is an old version").isFalse();

      assertThat(untouchedFor(files, Duration.ofMillis(2_500))).isEmpty();
      assertThat(untouchedFor(files, Duration.ofMillis(2_501))).containsExactly(later);
    }
  }

  private static List<UploadSession> untouchedFor(FilesystemUploads files, Duration time) {
    return files.sessions().untouchedSince(UploadState.OPEN, Sessions.START.plus(time), 10);
  }

  private static UploadSession touched(UploadSession session, Duration after) {
    return session.received(new ByteRange(0, 10), StoreNotes.NONE, Sessions.START.plus(after));
  }

  @Test
  void findsMoreSessionsThanItKeepsInMemory() {
    String longText = "x".repeat(UploadMetadata.MAX_CHARS - 1);
    UploadMetadata large = new UploadMetadata(Map.of("k", longText));
    UploadSession first = withMetadata(large);

    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      files.sessions().insert(first);
      for (int i = 0; i < 150; i++) { // 150 records of 32 KiB are more than 4 MiB
        files.sessions().insert(withMetadata(large));
      }

      assertThat(files.sessions().find(first.id())).contains(first);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "{}", "[1]", "{\"format\":\"99\"}"})
  void aRecordThatCannotBeReadDoesNotHideTheOthers(String body) throws SQLException {
    UploadSession broken = Sessions.open(Sessions.grid(1_000, 100));
    UploadSession whole = Sessions.open(Sessions.grid(1_000, 100));
    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      files.sessions().insert(broken);
      files.sessions().insert(whole);
    }
    try (Connection connection = connect();
        PreparedStatement update =
            connection.prepareStatement("UPDATE session SET body = ? WHERE id = ?")) {
      update.setString(1, body);
      update.setString(2, broken.id().value());
      update.executeUpdate();
    }

    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      assertThat(files.sessions().untouchedSince(UploadState.OPEN, Instant.MAX, 1))
          .containsExactly(whole);
    }
  }

  @Test
  void canBeReadWithSqlWhileItIsOpen() throws SQLException {
    UploadSession session = Sessions.open(Sessions.grid(1_000, 100));

    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      files.sessions().insert(session);

      assertThat(query("SELECT body ->> 'destination' FROM session"))
          .isEqualTo(session.destination().path());
      assertThat(query("SELECT state || ' ' || owner || ' ' || version FROM session"))
          .isEqualTo("OPEN anonymous 1");
      assertThat(query("PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  @Test
  void refusesADatabaseOfALaterFormat() throws SQLException {
    TestUploads.open(root, "boot").close();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }

    assertThatThrownBy(() -> TestUploads.open(root, "boot"))
        .isInstanceOf(DirectoryUnusableException.class)
        .hasMessageContaining("99");
  }

  @Test
  void goesOnAfterTheDatabaseFailed() throws SQLException {
    UploadSession session = Sessions.open(Sessions.grid(1_000, 100));

    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      execute("ALTER TABLE session RENAME TO hidden");
      assertThatThrownBy(() -> files.sessions().insert(session))
          .isInstanceOf(StorageUnavailableException.class);
      assertThatThrownBy(() -> files.sessions().insert(session))
          .isInstanceOf(StorageUnavailableException.class);
      execute("ALTER TABLE hidden RENAME TO session");

      assertThat(files.sessions().insert(session)).isTrue();
      assertThat(files.sessions().find(session.id())).contains(session);
    }
  }

  @Test
  void beginsANewLogWhereTheFormerIsInDoubt() throws IOException {
    Path log = root.resolve("sessions.db-wal");
    UploadSession session = Sessions.open(Sessions.grid(1_000, 100));
    try (FilesystemUploads files = TestUploads.open(root, "boot")) {
      for (int i = 0; i < 50; i++) {
        files.sessions().insert(Sessions.open(Sessions.grid(1_000, 100)));
      }
      long length = Files.size(log);

      ((SqliteSessions) files.sessions()).doubtLog();

      assertThat(files.sessions().insert(session)).isTrue();
      assertThat(Files.size(log)).isLessThan(length / 2);
      assertThat(files.sessions().find(session.id())).contains(session);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static UploadSession withMetadata(UploadMetadata metadata) {
    UploadDeclaration plain = Sessions.grid(1_000, 100);
    return Sessions.open(
        new UploadDeclaration(
            plain.id(),
            plain.owner(),
            plain.policy(),
            plain.length(),
            metadata,
            plain.destination(),
            plain.createdAt()));
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.getString(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + root.resolve("sessions.db"));
  }
}
