package dev.upload.fs;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.OpenUsage;
import dev.upload.core.model.SessionSnapshot;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One connection that reads sessions as they were last committed. For one thread at a time. */
final class SessionReader implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(SessionReader.class.getName());

  private static final String FIND =
      "SELECT e.key, e.value FROM session s, json_each(s.body) e WHERE s.id = ?";
  private static final String UNTOUCHED =
      "SELECT id, json_valid(body) FROM session WHERE state = ? AND touched < ? ORDER BY touched";

  private static final String LISTED =
      "SELECT id, max(seq) FROM unforced WHERE id > ? GROUP BY id ORDER BY id LIMIT ?";
  private static final String LISTED_BEHIND =
      """
      SELECT id, max(seq)
      FROM (SELECT id, seq FROM unforced WHERE seq > ? ORDER BY seq LIMIT ?)
      GROUP BY id ORDER BY max(seq)
      """;
  private static final String LISTED_OF = "SELECT start, end, crc32c FROM unforced WHERE id = ?";

  private final Connection connection;
  private final PreparedStatement find;
  private final PreparedStatement untouched;
  private final PreparedStatement listedOf;

  SessionReader(Connection connection) throws SQLException {
    this.connection = connection;
    this.find = connection.prepareStatement(FIND);
    this.untouched = connection.prepareStatement(UNTOUCHED);
    this.listedOf = connection.prepareStatement(LISTED_OF);
  }

  Optional<UploadSession> find(UploadId id) throws SQLException {
    find.setString(1, id.value());
    try (ResultSet rows = find.executeQuery()) {
      Map<String, String> entries = new LinkedHashMap<>();
      while (rows.next()) {
        entries.put(rows.getString(1), rows.getString(2));
      }
      return entries.isEmpty()
          ? Optional.empty()
          : Optional.of(new SessionSnapshot(entries).session());
    }
  }

  /** Returns what is unfinished of {@code owner}, or under no name of everybody. */
  OpenUsage openUsage(String owner) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT uploads, bytes FROM usage WHERE owner = ?")) {
      query.setString(1, owner);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? new OpenUsage(row.getLong(1), (long) row.getDouble(2)) : OpenUsage.NONE;
      }
    }
  }

  List<UploadSession> untouchedSince(UploadState state, Instant cutoff, int limit)
      throws SQLException {
    untouched.setString(1, state.name());
    untouched.setLong(2, SessionDatabase.nanos(cutoff));
    List<UploadSession> sessions = new ArrayList<>();
    try (ResultSet rows = untouched.executeQuery()) {
      while (sessions.size() < limit && rows.next()) {
        readable(rows.getString(1), rows.getBoolean(2))
            .filter(session -> session.touchedAt().isBefore(cutoff)) // the row tells the second
            .ifPresent(sessions::add);
      }
    }
    return sessions;
  }

  private Optional<UploadSession> readable(String id, boolean validJson) throws SQLException {
    try {
      if (validJson) {
        return find(new UploadId(id));
      }
      LOG.log(System.Logger.Level.WARNING, "the record of upload {0} is no JSON", id);
    } catch (IllegalArgumentException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "the record of upload %s cannot be read".formatted(id),
          e);
    }
    return Optional.empty();
  }

  /** Returns the first uploads behind {@code id} with listed ranges, each with its last row. */
  List<Mutation.Forced> listedAfter(String id, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LISTED)) {
      statement.setString(1, id);
      statement.setInt(2, limit);
      return uploads(statement);
    }
  }

  /**
   * Returns the uploads of the first {@code rows} listed ranges behind row {@code seq}, each with
   * its last row among them, in the order of those.
   */
  List<Mutation.Forced> listedBehind(long seq, int rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LISTED_BEHIND)) {
      statement.setLong(1, seq);
      statement.setInt(2, rows);
      return uploads(statement);
    }
  }

  /** Returns the last listed row; 0 if there is none. */
  long lastListed() throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT coalesce(max(seq), 0) FROM unforced");
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static List<Mutation.Forced> uploads(PreparedStatement statement) throws SQLException {
    List<Mutation.Forced> uploads = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        uploads.add(new Mutation.Forced(new UploadId(rows.getString(1)), rows.getLong(2)));
      }
    }
    return uploads;
  }

  /** Returns the listed ranges of an upload, in the order in which they were recorded. */
  List<Fingerprint> listed(UploadId id) throws SQLException {
    List<Fingerprint> ranges = new ArrayList<>();
    listedOf.setString(1, id.value());
    try (ResultSet rows = listedOf.executeQuery()) {
      while (rows.next()) {
        ByteRange range = new ByteRange(rows.getLong(1), rows.getLong(2));
        ranges.add(new Fingerprint(range, rows.getLong(3)));
      }
    }
    return ranges;
  }

  Optional<String> lastBoot() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM boot");
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
