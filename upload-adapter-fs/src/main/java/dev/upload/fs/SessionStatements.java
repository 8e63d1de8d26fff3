package dev.upload.fs;

import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

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

  private final PreparedStatement insert;
  private final PreparedStatement replace;
  private final PreparedStatement delete;
  private final PreparedStatement list;
  private final PreparedStatement unlist;
  private final PreparedStatement unlistAll;
  private final PreparedStatement emptyList;
  private final PreparedStatement booted;

  SessionStatements(Connection connection) throws SQLException {
    this.insert = connection.prepareStatement(INSERT);
    this.replace = connection.prepareStatement(REPLACE);
    this.delete = connection.prepareStatement("DELETE FROM session WHERE id = ? AND version = ?");
    this.list =
        connection.prepareStatement(
            "INSERT INTO unforced (id, start, end, crc32c) VALUES (?, ?, ?, ?)");
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
    bound(replace, replacement).setLong(8, next.version() - 1);
    if (!changes(replace)) {
      return false;
    }
    if (replacement.endsList()) {
      unlistAll(next.id());
    } else {
      list(next.id(), replacement.unforced());
    }
    return true;
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
    statement.setLong(4, SessionDatabase.nanos(session.touchedAt()));
    statement.setLong(5, session.length().orElse(session.received().total()));
    statement.setString(6, recording.body());
    statement.setString(7, session.id().value());
    return statement;
  }

  private static boolean changes(PreparedStatement statement) throws SQLException {
    return statement.executeUpdate() > 0;
  }
}
