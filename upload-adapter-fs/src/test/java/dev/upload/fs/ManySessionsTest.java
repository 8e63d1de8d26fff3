package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.SessionSnapshot;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start costs what the last second before the end wrote, not what is open. */
class ManySessionsTest {

  private static final int SESSIONS = 100_000;
  private static final int CELL = 1_000;

  @TempDir Path root;
  @TempDir Path cut;

  private final byte[] whole = Bytes.random(10 * CELL, 1);
  private final UploadDeclaration declaration = Sessions.grid(whole.length, CELL);

  @Test
  void recoversAHundredThousandOpenSessionsInSeconds() throws Exception {
    try (FilesystemUploads before = TestUploads.open(root, "first boot")) {
      insertOpenSessions();
      TestUploads.begin(TestUploads.uploads(before), declaration, whole);
      PowerCut.copy(root, cut);

      long start = System.nanoTime();
      try (FilesystemUploads after = TestUploads.open(cut, "second boot")) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(after.recovery().rangesVerified()).isEqualTo(1);
        assertThat(after.sessions().find(new UploadId("open-99999"))).isPresent();
      }
    }
  }

  private void insertOpenSessions() throws SQLException {
    UploadSession session =
        Sessions.open(declaration).received(ByteRange.at(0, CELL), StoreNotes.NONE, Sessions.START);
    String body = SnapshotJson.of(SessionSnapshot.of(session));
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + root.resolve("sessions.db"));
        PreparedStatement insert =
            connection.prepareStatement(
                """
                WITH RECURSIVE number (n) AS (
                  SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < ?)
                INSERT INTO session (id, version, state, owner, touched, body)
                SELECT 'open-' || n, 2, 'OPEN', 'anonymous', n, replace(?, ?, 'open-' || n)
                FROM number
                """)) {
      insert.setInt(1, SESSIONS);
      insert.setString(2, body);
      insert.setString(3, declaration.id().value());
      assertThat(insert.executeUpdate()).isEqualTo(SESSIONS);
    }
  }
}
