package dev.upload.fs;

import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.SessionRepository;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An upload directory, open: its store and its sessions. One process at a time has it; safe for
 * concurrent use within that one.
 */
public final class FilesystemUploads implements AutoCloseable {

  private static final Logger LOG = System.getLogger(FilesystemUploads.class.getName());
  private static final Duration FORCE_PAUSE = Duration.ofSeconds(1);

  private final FilesystemChunkStore store;
  private final SqliteSessions sessions;
  private final RecoveryReport recovery;
  private final Deque<Part> open;

  private FilesystemUploads(
      FilesystemChunkStore store,
      SqliteSessions sessions,
      RecoveryReport recovery,
      Deque<Part> open) {
    this.store = store;
    this.sessions = sessions;
    this.recovery = recovery;
    this.open = open;
  }

  /**
   * Opens the directory, which is made if it is missing, and recovers from how it was left.
   *
   * @throws DirectoryUnusableException if another process has it open, or it cannot be used as it
   *     is
   * @throws StorageUnavailableException if the file system or the database fails
   */
  public static FilesystemUploads open(FilesystemConfig config) {
    return open(config, BootId.current(), FORCE_PAUSE);
  }

  /** Opens the directory as if the machine were in the given boot. */
  static FilesystemUploads open(
      FilesystemConfig config, Optional<String> boot, Duration forcePause) {
    Deque<Part> open = new ArrayDeque<>();
    try {
      return opened(config, boot, forcePause, open);
    } catch (IOException | SQLException e) {
      closeAll(open).forEach(e::addSuppressed);
      throw new StorageUnavailableException(
          "could not open the upload directory " + config.root(), e);
    } catch (RuntimeException e) {
      closeAll(open).forEach(e::addSuppressed);
      throw e;
    }
  }

  private static FilesystemUploads opened(
      FilesystemConfig config, Optional<String> boot, Duration forcePause, Deque<Part> open)
      throws IOException, SQLException {
    UploadDirectory directory = UploadDirectory.at(config.root());
    open.push(DirectoryLock.acquire(directory)::close);
    UploadFiles files = new UploadFiles(directory);
    UnforcedRanges unforced = new UnforcedRanges();
    SessionDatabase database = SessionDatabase.in(directory);
    SqliteSessions sessions = new SqliteSessions(database, config.durability(), unforced);
    open.push(sessions::close);
    RecoveryReport recovery = recovered(sessions, files, boot);
    FreeSpace space = new FreeSpace(directory.root(), config.minFreeBytes());
    RoomAhead roomAhead = new RoomAhead(config.system().preallocation(), space::isPlentyFor);
    EarlyWriteback writeback =
        new EarlyWriteback(files, config.system().writeback(), directory.databaseLog());
    BackgroundForce force =
        new BackgroundForce(sessions, files, List.of(roomAhead, writeback), database, forcePause);
    open.push(force::close);
    force.start();
    FilesystemChunkStore store =
        new FilesystemChunkStore(
            files, space, arrivals(roomAhead, writeback, config), unforced, config);
    open.push(store::close);
    return new FilesystemUploads(store, sessions, recovery, open);
  }

  private static Arrivals arrivals(
      RoomAhead room, EarlyWriteback writeback, FilesystemConfig config) {
    boolean nobodyWaits = config.durability() == Durability.EVENTUAL;
    return new Arrivals(room, nobodyWaits ? Optional.empty() : Optional.of(writeback));
  }

  private static RecoveryReport recovered(
      SqliteSessions sessions, UploadFiles files, Optional<String> boot) throws IOException {
    boolean unforced = sessions.lastListed() > 0;
    long start = System.nanoTime();
    RecoveryReport report = new Recovery(sessions, files).run(boot);
    if (unforced) { // an orderly end leaves nothing
      Level level = report.sessionsChanged() > 0 ? Level.WARNING : Level.INFO;
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      LOG.log(level, "Recovered in " + millis + " ms: " + report.sentence());
    }
    return report;
  }

  /** Returns the store of bytes. */
  public ChunkStore store() {
    return store;
  }

  /** Returns the records of sessions. */
  public SessionRepository sessions() {
    return sessions;
  }

  /** Returns what the start found. */
  public RecoveryReport recovery() {
    return recovery;
  }

  /**
   * Forces what is written, and gives the directory free. New calls are refused; let those that run
   * come to their end before.
   */
  @Override
  public void close() {
    Deque<Exception> failures = closeAll(open);
    if (!failures.isEmpty()) {
      throw new StorageUnavailableException(
          "could not close the upload directory", failures.getFirst());
    }
  }

  /** Closes the youngest first, all of them whatever happens, and returns what happened. */
  private static Deque<Exception> closeAll(Deque<Part> open) {
    Deque<Exception> failures = new ArrayDeque<>();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException | SQLException | RuntimeException e) {
        failures.add(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failures.add(e);
      }
    }
    return failures;
  }

  /** Something that was opened and has to be closed. */
  @FunctionalInterface
  private interface Part {
    void close() throws IOException, SQLException, InterruptedException;
  }
}
