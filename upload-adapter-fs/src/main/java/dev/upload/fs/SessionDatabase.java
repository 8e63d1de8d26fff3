package dev.upload.fs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/** The SQLite database: how connections to it are opened, and what its tables are. */
final class SessionDatabase {

  /** Checkpoints run in the background; this many pages of log make the writer run one itself. */
  private static final int CHECKPOINT_PAGES = 8_192;

  private static final int JOURNAL_LIMIT_BYTES = 64 * 1024 * 1024;
  private static final int BUSY_TIMEOUT_MILLIS = 10_000;

  private static final String SCHEMA =
      """
      CREATE TABLE session (
        id      TEXT PRIMARY KEY,
        version INTEGER NOT NULL,
        state   TEXT NOT NULL,
        owner   TEXT NOT NULL,
        touched INTEGER NOT NULL, -- nanoseconds since 1970, in whole seconds
        body    TEXT NOT NULL     -- the session's snapshot as a JSON object of strings
      ) STRICT;
      CREATE INDEX session_by_age ON session (state, touched);
      CREATE INDEX session_by_owner ON session (owner, state);
      CREATE TABLE unforced (     -- recorded bytes that the disk may not have yet
        seq    INTEGER PRIMARY KEY AUTOINCREMENT,
        id     TEXT NOT NULL,
        start  INTEGER NOT NULL,
        end    INTEGER NOT NULL,
        crc32c INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX unforced_by_id ON unforced (id);
      CREATE TABLE boot (         -- the boot of the machine that last wrote here
        only INTEGER PRIMARY KEY CHECK (only = 1),
        id   TEXT NOT NULL
      ) STRICT;
      """;

  /**
   * Counts what is unfinished, of each owner and, under no name, of everybody. Sums are real
   * numbers: whatever clients declare, none is too large.
   */
  private static final String USAGE =
      """
      ALTER TABLE session ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0; -- declared, or received
      CREATE TABLE usage (
        owner   TEXT PRIMARY KEY,
        uploads INTEGER NOT NULL,
        bytes   REAL NOT NULL
      ) STRICT, WITHOUT ROWID;
      UPDATE session SET bytes = coalesce(CAST(json_extract(body, '$.length') AS INTEGER), 0);
      INSERT INTO usage
        SELECT owner, count(*), total(bytes) FROM session
        WHERE state IN ('OPEN', 'ASSEMBLING') GROUP BY owner;
      INSERT INTO usage SELECT '', total(uploads), total(bytes) FROM usage;
      CREATE TRIGGER usage_begun AFTER INSERT ON session
      WHEN new.state IN ('OPEN', 'ASSEMBLING')
      BEGIN
        INSERT INTO usage VALUES (new.owner, 1, new.bytes), ('', 1, new.bytes)
          ON CONFLICT (owner) DO UPDATE SET uploads = uploads + 1, bytes = bytes + new.bytes;
      END;
      CREATE TRIGGER usage_reopened AFTER UPDATE ON session
      WHEN old.state NOT IN ('OPEN', 'ASSEMBLING') AND new.state IN ('OPEN', 'ASSEMBLING')
      BEGIN
        INSERT INTO usage VALUES (new.owner, 1, new.bytes), ('', 1, new.bytes)
          ON CONFLICT (owner) DO UPDATE SET uploads = uploads + 1, bytes = bytes + new.bytes;
      END;
      CREATE TRIGGER usage_grown AFTER UPDATE ON session
      WHEN old.bytes <> new.bytes
        AND old.state IN ('OPEN', 'ASSEMBLING') AND new.state IN ('OPEN', 'ASSEMBLING')
      BEGIN
        UPDATE usage SET bytes = bytes + new.bytes - old.bytes WHERE owner IN (new.owner, '');
      END;
      CREATE TRIGGER usage_ended AFTER UPDATE ON session
      WHEN old.state IN ('OPEN', 'ASSEMBLING') AND new.state NOT IN ('OPEN', 'ASSEMBLING')
      BEGIN
        UPDATE usage SET uploads = uploads - 1, bytes = bytes - old.bytes
          WHERE owner IN (old.owner, '');
        DELETE FROM usage WHERE owner = old.owner AND uploads = 0;
      END;
      CREATE TRIGGER usage_deleted AFTER DELETE ON session
      WHEN old.state IN ('OPEN', 'ASSEMBLING')
      BEGIN
        UPDATE usage SET uploads = uploads - 1, bytes = bytes - old.bytes
          WHERE owner IN (old.owner, '');
        DELETE FROM usage WHERE owner = old.owner AND uploads = 0;
      END;
      """;

  /** The writer numbers the rows: AUTOINCREMENT changes one more page with each transaction. */
  private static final String NUMBERED_BY_WRITER =
      """
      CREATE TABLE listed (
        seq    INTEGER PRIMARY KEY,
        id     TEXT NOT NULL,
        start  INTEGER NOT NULL,
        end    INTEGER NOT NULL,
        crc32c INTEGER NOT NULL
      ) STRICT;
      INSERT INTO listed SELECT seq, id, start, end, crc32c FROM unforced;
      DROP TABLE unforced;
      ALTER TABLE listed RENAME TO unforced;
      CREATE INDEX unforced_by_id ON unforced (id);
      """;

  /** What makes each format of the one before it. */
  private static final List<String> STEPS = List.of(SCHEMA, USAGE, NUMBERED_BY_WRITER);

  private final Path file;

  private SessionDatabase(Path file) {
    this.file = file;
  }

  /** Opens the database of {@code directory}, which is made if it is new. */
  static SessionDatabase in(UploadDirectory directory) throws IOException, SQLException {
    SessionDatabase database = new SessionDatabase(directory.database());
    try {
      Files.createFile(
          directory.database(), directory.fileAttributes()); // its log takes the same permissions
    } catch (FileAlreadyExistsException e) {
      // an earlier run made it
    }
    try (Connection connection = database.openForWriting()) {
      database.prepare(connection);
    }
    return database;
  }

  private void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int version = userVersion(statement);
      if (version > STEPS.size()) {
        throw new DirectoryUnusableException(
            "%s is of format %d; this release knows %d.".formatted(file, version, STEPS.size()));
      }
      if (version < STEPS.size()) {
        String steps = String.join("", STEPS.subList(version, STEPS.size()));
        statement.executeUpdate(
            "BEGIN IMMEDIATE;" + steps + "PRAGMA user_version = " + STEPS.size() + "; COMMIT");
      }
    }
  }

  private static int userVersion(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  /** Opens the connection of the one writer. */
  Connection openForWriting() throws SQLException {
    SQLiteConfig config = config();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.NORMAL);
    config.setJournalSizeLimit(JOURNAL_LIMIT_BYTES);
    Connection connection = open(config);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
    }
    return connection;
  }

  /**
   * Opens the connection of the one writer after a transaction failed, with a new log: blocks that
   * could not be forced may stay unreadable although they are written again.
   */
  Connection reopenForWriting() throws SQLException {
    Connection connection = openForWriting();
    boolean emptied = false;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      emptied = row.getInt(1) == 0;
    } finally {
      if (!emptied) {
        connection.close();
      }
    }
    if (!emptied) {
      throw new SQLException("the log could not be emptied: somebody reads it");
    }
    return connection;
  }

  /** Opens a connection that only reads. */
  Connection openForReading() throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return open(config);
  }

  private SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setOpenMode(SQLiteOpenMode.NOMUTEX); // each connection has one user at a time
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    return config;
  }

  private Connection open(SQLiteConfig config) throws SQLException {
    return config.createConnection("jdbc:sqlite:" + file);
  }

  /** Returns the number by which sessions are ordered in time. */
  static long nanos(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (ArithmeticException e) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE; // beyond the year 2262
    }
  }
}
