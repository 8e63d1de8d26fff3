package dev.upload.fs;

import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Forces what is listed, every second or so and whenever much has come, and takes it off the list:
 * files that chunks wrote and, where nobody waits for the disk, finished ones with their
 * directories. Then moves the database's log into its file, which forces both, but every second or
 * so at most: whoever commits first behind that has to wait until the disk has the new log's head.
 * What is not forced yet is bounded that way.
 *
 * <p>An upload whose file could not be forced stays on the list until the next boot: a later force
 * that succeeds says nothing about pages that an earlier one lost.
 */
final class BackgroundForce implements AutoCloseable {

  private static final Logger LOG = System.getLogger(BackgroundForce.class.getName());
  private static final int ROWS_AT_ONCE = 1_000;

  /** The force that the last chunk waits for finds at most about so much left to do. */
  private static final long BYTES_UNTIL_EARLY_ROUND = 64L * 1024 * 1024;

  private final SqliteSessions sessions;
  private final UploadFiles files;
  private final List<Errand> errands;
  private final Connection connection;
  private final Set<UploadId> doubtful = new HashSet<>();
  private final AtomicLong listedBytes = new AtomicLong();
  private final AtomicBoolean muchListed = new AtomicBoolean();
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean closing;
  private final Duration pause;
  private final Thread thread;
  private long checkpointedTransactions;
  private long checkpointedAt = System.nanoTime();
  private long lastRoundAt = System.nanoTime();

  /**
   * @param errands what is done before each round, and whenever it is asked for
   * @param pause between two rounds
   */
  BackgroundForce(
      SqliteSessions sessions,
      UploadFiles files,
      List<Errand> errands,
      SessionDatabase database,
      Duration pause)
      throws SQLException {
    this.sessions = sessions;
    this.files = files;
    this.errands = List.copyOf(errands);
    this.connection = database.openForWriting();
    this.pause = pause;
    this.thread = Thread.ofPlatform().name("upload-force").daemon().unstarted(this::run);
  }

  /** Begins its rounds. */
  void start() {
    sessions.onListed(this::listed);
    errands.forEach(errand -> errand.onAsked(wakes::release));
    thread.start();
  }

  private void listed(List<Fingerprint> listed) {
    long bytes = listed.stream().mapToLong(one -> one.range().length()).sum();
    long all = listedBytes.addAndGet(bytes);
    if (all >= BYTES_UNTIL_EARLY_ROUND && listedBytes.compareAndSet(all, 0)) {
      muchListed.set(true);
      wakes.release();
    }
  }

  private void run() {
    boolean more = true;
    while (more) {
      try {
        boolean due = awaitNextRound();
        more = !closing;
        errands.forEach(Errand::run);
        if (due || closing) {
          round();
          lastRoundAt = System.nanoTime();
        }
      } catch (InterruptedException e) {
        return; // nobody does that: the thread is ours
      } catch (IOException | SQLException | RuntimeException | Error e) {
        // whatever it is, the thread goes on
        lastRoundAt = System.nanoTime();
        LOG.log(Level.WARNING, "Could not force what was uploaded; trying again.", e);
      }
    }
  }

  /** Waits until there is something to do, and tells whether that is to force what is listed. */
  private boolean awaitNextRound() throws InterruptedException {
    if (wakes.tryAcquire(pauseLeft(lastRoundAt), TimeUnit.NANOSECONDS)) {
      wakes.drainPermits();
    }
    return muchListed.getAndSet(false) || pauseLeft(lastRoundAt) <= 0;
  }

  /** Returns how many nanoseconds are left of a pause that began at {@code start}. */
  private long pauseLeft(long start) {
    return pause.toNanos() - (System.nanoTime() - start);
  }

  /** Forces what is listed when it begins; what comes meanwhile has its next round. */
  private void round() throws IOException, SQLException {
    long end = sessions.lastListed();
    long seq = 0;
    while (seq < end) {
      List<Mutation.Forced> listed = sessions.listedBehind(seq, ROWS_AT_ONCE);
      if (listed.isEmpty()) {
        break;
      }
      sessions.forced(forced(listed));
      checkpointIfDue();
      seq = listed.getLast().lastSeq();
    }
    checkpointIfDue();
  }

  /** Forces {@code listed} uploads, and returns those where it worked. */
  private List<Mutation.Forced> forced(List<Mutation.Forced> listed) throws IOException {
    List<Mutation.Forced> forced = new ArrayList<>(listed.size());
    EnumSet<UploadState> states = EnumSet.noneOf(UploadState.class);
    for (Mutation.Forced upload : listed) {
      Optional<UploadSession> session = sessions.find(upload.id());
      session.map(UploadSession::state).ifPresent(states::add);
      if (!doubtful.contains(upload.id()) && (session.isEmpty() || force(session.get()))) {
        forced.add(upload);
      }
    }
    if (states.contains(UploadState.COMPLETE)) {
      files.forceFinishedEntries();
    }
    if (states.contains(UploadState.OPEN) || states.contains(UploadState.ASSEMBLING)) {
      files.forcePartialEntries();
    }
    return forced;
  }

  private void checkpointIfDue() throws SQLException {
    long transactions = sessions.transactions();
    boolean due = closing || pauseLeft(checkpointedAt) <= 0;
    if (due && transactions != checkpointedTransactions) {
      checkpoint();
      checkpointedTransactions = transactions;
      checkpointedAt = System.nanoTime();
    }
  }

  private void checkpoint() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (SQLException e) {
      sessions.doubtLog(); // the next attempt may succeed, and says nothing about this one
      throw e;
    }
  }

  private boolean force(UploadSession session) {
    try {
      files.force(session);
      return true;
    } catch (IOException e) {
      doubtful.add(session.id());
      LOG.log(
          Level.WARNING,
          "Could not force upload "
              + session.id()
              + "; unfinished, it is given up; finished, it is verified after a reboot.",
          e);
      return false;
    }
  }

  /** Does a last round, and ends the thread. */
  @Override
  public void close() throws SQLException, InterruptedException {
    closing = true;
    wakes.release();
    thread.join();
    connection.close();
  }
}
