package dev.upload.fs;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A few connections for reading, lent to one caller each. Their number is bounded because a call
 * into SQLite holds the carrier of a virtual thread.
 */
final class SessionReaders implements AutoCloseable {

  private static final int CONNECTIONS = 4;

  private final BlockingQueue<SessionReader> idle = new LinkedBlockingQueue<>();

  SessionReaders(SessionDatabase database) throws SQLException {
    for (int i = 0; i < CONNECTIONS; i++) {
      idle.add(new SessionReader(database.openForReading()));
    }
  }

  /** Reads with a connection, waiting for one where all are lent. */
  <T> T read(Query<T> query) throws SQLException, InterruptedException {
    SessionReader reader = idle.take();
    try {
      return query.run(reader);
    } finally {
      idle.add(reader);
    }
  }

  /** Closes every connection as it comes back; who asks afterwards gets a closed one, and fails. */
  @Override
  public void close() throws SQLException, InterruptedException {
    List<SessionReader> closed = new ArrayList<>();
    while (closed.size() < CONNECTIONS) {
      SessionReader reader = idle.take();
      reader.close();
      closed.add(reader);
    }
    idle.addAll(closed);
  }

  /** Something read with one connection. */
  @FunctionalInterface
  interface Query<T> {
    T run(SessionReader reader) throws SQLException;
  }
}
