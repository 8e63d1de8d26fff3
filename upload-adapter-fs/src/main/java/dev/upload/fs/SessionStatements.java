package dev.upload.fs;

import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The statements that change something, on the writer's connection. For the writer's thread. */
final class SessionStatements {

  private static final String INSERT =
      """
      INSERT INTO session (version, state, owner, touched, bytes, body, id)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING
      """;
  private static final String REPLACE =
      """
      UPDATE session SET version = ?, state = ?, owner = ?, touched = ?, bytes = ?, body = ?
      WHERE id = ? AND version = ?
      """;

  /** Changes no column that has an index or a trigger, which would cost as much again. */
  private static final String PROGRESS =
      """
      UPDATE session SET version = ?, body = ?
      WHERE id = ? AND version = ? AND state = ? AND bytes = ? AND touched = ?
      """;

  private final AtomicLong lastListed;
  private final PreparedStatement insert;
  private final PreparedStatement progress;
  private final PreparedStatement replace;
  private final PreparedStatement delete;
  private final PreparedStatement list;
  private final PreparedStatement unlist;
  private final PreparedStatement unlistAll;
  private final PreparedStatement emptyList;
  private final PreparedStatement booted;

  /**
   * @param lastListed the highest number of a listed row that was ever given; it never goes back,
   *     so that whoever forces a row by its number means no later one
   */
  SessionStatements(Connection connection, AtomicLong lastListed) throws SQLException {
    this.lastListed = lastListed;
    this.insert = connection.prepareStatement(INSERT);
    this.progress = connection.prepareStatement(PROGRESS);
    this.replace = connection.prepareStatement(REPLACE);
    this.delete = connection.prepareStatement("DELETE FROM session WHERE id = ? AND version = ?");
    this.list =
        connection.prepareStatement(
            "INSERT INTO unforced (id, start, end, crc32c, seq) VALUES (?, ?, ?, ?, ?)");
    this.unlist = connection.prepareStatement("DELETE FROM unforced WHERE id = ? AND seq <= ?");
    this.unlistAll = connection.prepareStatement("DELETE FROM unforced WHERE id = ?");
    this.emptyList = connection.prepareStatement("DELETE FROM unforced");
    this.booted =
        connection.prepareStatement("INSERT OR REPLACE INTO boot (only, id) VALUES (1, ?)");
  }

  /** Does what {@code mutation} says, and tells whether it changed anything. */
  boolean apply(Mutation mutation) throws SQLException {
    return switch (mutation) {
      case Mutation.Insert insertion -> inserted(insertion);
      case Mutation.Replace replacement -> replaced(replacement);
      case Mutation.Delete(UploadSession session) -> deleted(session);
      case Mutation.Forced(UploadId id, long lastSeq) -> {
        unlist.setString(1, id.value());
        unlist.setLong(2, lastSeq);
        yield changes(unlist);
      }
      case Mutation.Verified() -> changes(emptyList);
      case Mutation.Booted(String bootId) -> {
        booted.setString(1, bootId);
        yield changes(booted);
      }
    };
  }

  private boolean inserted(Mutation.Insert insertion) throws SQLException {
    if (!changes(bound(insert, insertion))) {
      return false;
    }
    if (!insertion.endsList()) {
      list(insertion.session().id(), insertion.unforced());
    }
    return true;
  }

  private boolean replaced(Mutation.Replace replacement) throws SQLException {
    UploadSession next = replacement.session();
    if (!isProgress(replacement)) {
      bound(replace, replacement).setLong(8, next.version() - 1);
      if (!changes(replace)) {
        return false;
      }
    }
    if (replacement.endsList()) {
      unlistAll(next.id());
    } else {
      list(next.id(), replacement.unforced());
    }
    return true;
  }

  /** Records it the cheaper way if nothing has changed that anybody looks for. */
  private boolean isProgress(Mutation.Replace replacement) throws SQLException {
    UploadSession next = replacement.session();
    progress.setLong(1, next.version());
    progress.setString(2, replacement.body());
    progress.setString(3, next.id().value());
    progress.setLong(4, next.version() - 1);
    progress.setString(5, next.state().name());
    progress.setLong(6, bytes(next));
    progress.setLong(7, touched(next));
    return changes(progress);
  }

  private boolean deleted(UploadSession session) throws SQLException {
    delete.setString(1, session.id().value());
    delete.setLong(2, session.version());
    if (!changes(delete)) {
      return false;
    }
    unlistAll(session.id());
    return true;
  }

  private void list(UploadId id, List<Fingerprint> fingerprints) throws SQLException {
    for (Fingerprint fingerprint : fingerprints) {
      list.setString(1, id.value());
      list.setLong(2, fingerprint.range().start());
      list.setLong(3, fingerprint.range().end());
      list.setLong(4, fingerprint.crc32c());
      list.setLong(5, lastListed.incrementAndGet());
      list.executeUpdate();
    }
  }

  private void unlistAll(UploadId id) throws SQLException {
    unlistAll.setString(1, id.value());
    unlistAll.executeUpdate();
  }

  private static PreparedStatement bound(PreparedStatement statement, Mutation.Recording recording)
      throws SQLException {
    UploadSession session = recording.session();
    statement.setLong(1, session.version());
    statement.setString(2, session.state().name());
    statement.setString(3, session.declaration().owner().name());
    statement.setLong(4, touched(session));
    statement.setLong(5, bytes(session));
    statement.setString(6, recording.body());
    statement.setString(7, session.id().value());
    return statement;
  }

  private static long bytes(UploadSession session) {
    return session.length().orElse(session.received().total());
  }

  /**
   * Returns the second in which it was touched: an index that changed with every chunk would cost
   * as much as the record.
   */
  private static long touched(UploadSession session) {
    return SessionDatabase.nanos(session.touchedAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private static boolean changes(PreparedStatement statement) throws SQLException {
    return statement.executeUpdate() > 0;
  }
}
