package dev.upload.fs;

import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadId;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Forces what chunks wrote, every second or so, and takes it off the list; then moves the
 * database's log into its file, which forces both. What is not forced yet is bounded that way.
 *
 * <p>An upload whose file could not be forced stays on the list until the next boot: a later force
 * that succeeds says nothing about pages that an earlier one lost.
 */
final class BackgroundForce implements AutoCloseable {

  private static final Logger LOG = System.getLogger(BackgroundForce.class.getName());
  private static final int UPLOADS_PER_ROUND = 1_000;

  private final SqliteSessions sessions;
  private final UploadFiles files;
  private final Connection connection;
  private final Set<UploadId> doubtful = new HashSet<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Duration pause;
  private final Thread thread;
  private long checkpointedTransactions;

  /**
   * @param pause between two rounds
   */
  BackgroundForce(
      SqliteSessions sessions, UploadFiles files, SessionDatabase database, Duration pause)
      throws SQLException {
    this.sessions = sessions;
    this.files = files;
    this.connection = database.openForWriting();
    this.pause = pause;
    this.thread = Thread.ofPlatform().name("upload-force").daemon().unstarted(this::run);
  }

  /** Begins its rounds. */
  void start() {
    thread.start();
  }

  private void run() {
    boolean more = true;
    while (more) {
      try {
        more = !closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        round();
      } catch (InterruptedException e) {
        return; // nobody does that: the thread is ours
      } catch (IOException | SQLException | StorageUnavailableException e) {
        LOG.log(Level.WARNING, "Could not force what was uploaded; trying again.", e);
      }
    }
  }

  private void round() throws IOException, SQLException {
    List<Mutation.Forced> listed = sessions.listed(UPLOADS_PER_ROUND + doubtful.size());
    if (!listed.isEmpty()) {
      files.forcePartialEntries();
    }
    for (Mutation.Forced upload : listed) {
      if (!doubtful.contains(upload.id()) && force(upload.id())) {
        sessions.forced(upload);
      }
    }
    long transactions = sessions.transactions();
    if (transactions != checkpointedTransactions) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
      }
      checkpointedTransactions = transactions;
    }
  }

  private boolean force(UploadId id) {
    try {
      files.forcePartial(id);
      return true;
    } catch (IOException e) {
      doubtful.add(id);
      LOG.log(
          Level.WARNING, "Could not force upload " + id + "; it is verified after a reboot.", e);
      return false;
    }
  }

  /** Does a last round, and ends the thread. */
  @Override
  public void close() throws SQLException, InterruptedException {
    closing.countDown();
    thread.join();
    connection.close();
  }
}
