package dev.upload.fs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on one connection, which is opened anew after a failure: whatever state the database
 * or its driver is in then, nothing of it is relied on, and nothing is committed until a new log is
 * begun. For the writer's thread.
 */
final class SessionTransactions implements AutoCloseable {

  private final SessionDatabase database;
  private final AtomicBoolean doubtful = new AtomicBoolean();
  private final AtomicLong lastListed = new AtomicLong();
  private @Nullable Open open;

  /** Opens the connection. */
  SessionTransactions(SessionDatabase database) throws SQLException {
    this.database = database;
    this.open = opened(database.openForWriting());
  }

  /**
   * Tells that the log could not be read or forced by somebody else: what is committed behind such
   * a place is lost with it, however well it is forced itself. Any thread may tell it.
   */
  void doubtLog() {
    doubtful.set(true);
  }

  /**
   * Applies {@code mutations} in one transaction, and returns for each whether it changed anything.
   *
   * @param forced whether to wait for the disk
   * @throws SQLException if nobody knows whether it was committed
   */
  boolean[] apply(List<Mutation> mutations, boolean forced) throws SQLException {
    if (doubtful.getAndSet(false)) { // if opening fails, it is tried again for the next ones
      abandon();
    }
    Open current = open;
    if (current == null) {
      current = opened(database.reopenForWriting());
      open = current;
    }
    boolean committed = false;
    try {
      boolean[] changed = current.apply(mutations, forced);
      committed = true;
      return changed;
    } finally {
      if (!committed) {
        abandon();
      }
    }
  }

  private Open opened(Connection connection) throws SQLException {
    Open opened = null;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(max(seq), 0) FROM unforced")) {
      long last = row.getLong(1);
      lastListed.accumulateAndGet(last, Math::max);
      opened = new Open(connection, lastListed);
      return opened;
    } finally {
      if (opened == null) {
        connection.close();
      }
    }
  }

  private void abandon() {
    Open former = open;
    open = null;
    if (former != null) {
      former.abandon();
    }
  }

  @Override
  public void close() throws SQLException {
    if (open != null) {
      open.connection.close();
    }
  }

  /** A connection and what was made with it. */
  private static final class Open {
    final Connection connection;
    private final SessionStatements statements;
    private final Statement pragmas;
    private boolean forcing;

    Open(Connection connection, AtomicLong lastListed) throws SQLException {
      this.connection = connection;
      connection.setAutoCommit(false);
      this.statements = new SessionStatements(connection, lastListed);
      this.pragmas = connection.createStatement();
    }

    boolean[] apply(List<Mutation> mutations, boolean forced) throws SQLException {
      force(forced);
      boolean[] changed = new boolean[mutations.size()];
      for (int i = 0; i < changed.length; i++) {
        changed[i] = statements.apply(mutations.get(i));
      }
      connection.commit();
      return changed;
    }

    /** Chooses whether the next commit waits for the disk. */
    private void force(boolean wanted) throws SQLException {
      if (forcing != wanted) {
        connection.setAutoCommit(true); // within a transaction the setting would do nothing
        pragmas.execute(wanted ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        connection.setAutoCommit(false);
        forcing = wanted;
      }
    }

    /** Closing rolls back what is not committed. */
    void abandon() {
      try {
        connection.close();
      } catch (SQLException e) {
        // it is not used any more
      }
    }
  }
}
