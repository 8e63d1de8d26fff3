package dev.upload.fs;

import dev.upload.core.model.OpenUsage;
import dev.upload.core.model.Owner;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.SessionRepository;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Session records in SQLite: one row each, with the snapshot as JSON.
 *
 * <p>Nobody else may write the database while it is open here.
 */
final class SqliteSessions implements SessionRepository, AutoCloseable {

  private final SessionCache cache = new SessionCache();
  private final Durability durability;
  private final UnforcedRanges unforced;
  private final SessionWriter writer;
  private final SessionReaders readers;
  private volatile Consumer<List<Fingerprint>> onListed = listed -> {};

  SqliteSessions(SessionDatabase database, Durability durability, UnforcedRanges unforced)
      throws SQLException {
    this.durability = durability;
    this.unforced = unforced;
    this.writer = new SessionWriter(database, durability, cache);
    this.readers = new SessionReaders(database);
    writer.start();
  }

  @Override
  public Optional<UploadSession> find(UploadId id) {
    Optional<UploadSession> cached = cache.find(id);
    return cached.isPresent() ? cached : read("find upload " + id, reader -> reader.find(id));
  }

  @Override
  public boolean insert(UploadSession session) {
    return record(Mutation.Insert.of(session, unforced(session), endsList(session)));
  }

  @Override
  public boolean replace(UploadSession next) {
    return record(Mutation.Replace.of(next, unforced(next), endsList(next)));
  }

  private List<Fingerprint> unforced(UploadSession session) {
    List<Fingerprint> claimed = unforced.claimedBy(session);
    if (session.state() != UploadState.COMPLETE || endsList(session)) {
      return claimed;
    }
    List<Fingerprint> withName = new ArrayList<>(claimed);
    withName.add(Fingerprint.OF_NAME);
    return withName;
  }

  private boolean endsList(UploadSession session) {
    return switch (session.state()) {
      case OPEN, ASSEMBLING -> false;
      case COMPLETE -> durability != Durability.EVENTUAL;
      case CANCELLED -> true;
    };
  }

  private boolean record(Mutation.Recording recording) {
    if (!writer.apply(recording)) {
      return false;
    }
    onListed.accept(recording.unforced());
    UploadId id = recording.session().id();
    if (recording.endsList()) {
      unforced.forget(id);
    } else {
      unforced.recorded(id, recording.unforced());
    }
    return true;
  }

  @Override
  public boolean delete(UploadSession session) {
    return writer.apply(new Mutation.Delete(session));
  }

  @Override
  public List<UploadSession> untouchedSince(UploadState state, Instant cutoff, int limit) {
    return read("list uploads", reader -> reader.untouchedSince(state, cutoff, limit));
  }

  @Override
  public Optional<OpenUsage> openUsage() {
    return Optional.of(read("count open uploads", reader -> reader.openUsage("")));
  }

  @Override
  public Optional<OpenUsage> openUsage(Owner owner) {
    return Optional.of(read("count open uploads", reader -> reader.openUsage(owner.name())));
  }

  /**
   * Returns uploads with listed ranges, {@code limit} at most, in the order of their ids from
   * behind {@code id}, each with its last row.
   */
  List<Mutation.Forced> listedAfter(String id, int limit) {
    return read("list unforced uploads", reader -> reader.listedAfter(id, limit));
  }

  /** Returns the listed ranges of an upload. */
  List<Fingerprint> listed(UploadId id) {
    return read("list unforced ranges of upload " + id, reader -> reader.listed(id));
  }

  /**
   * Returns the uploads of the first {@code rows} listed ranges behind row {@code seq}, each with
   * its last row among them.
   */
  List<Mutation.Forced> listedBehind(long seq, int rows) {
    return read("list unforced uploads", reader -> reader.listedBehind(seq, rows));
  }

  /** Returns the last listed row; 0 if there is none. */
  long lastListed() {
    return read("list unforced uploads", SessionReader::lastListed);
  }

  /** Tells {@code listener} from now on what was listed. */
  void onListed(Consumer<List<Fingerprint>> listener) {
    onListed = listener;
  }

  /** Replaces sessions by their next versions, while nobody else does. */
  void replaceAll(List<UploadSession> next) {
    writer.applyAll(
        next.stream()
            .map(session -> Mutation.Replace.of(session, List.of(), endsList(session)))
            .toList());
  }

  /** Takes everything off the list. */
  void verified() {
    writer.apply(new Mutation.Verified());
  }

  /** Takes ranges off the list. */
  void forced(List<Mutation.Forced> forced) {
    writer.applyAll(forced);
  }

  /** Returns in which boot of the machine the database was last written, if that is known. */
  Optional<String> lastBoot() {
    return read("read the boot id", SessionReader::lastBoot);
  }

  /** Notes in which boot of the machine the database is written from now on. */
  void booted(String bootId) {
    writer.apply(new Mutation.Booted(bootId));
  }

  /** Returns how many transactions were committed since the start. */
  long transactions() {
    return writer.transactions();
  }

  /** Begins a new log of the database before anything else is committed. */
  void doubtLog() {
    writer.doubtLog();
  }

  private <T> T read(String action, SessionReaders.Query<T> query) {
    try {
      return readers.read(query);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageUnavailableException("could not " + action, e);
    } catch (SQLException | IllegalArgumentException e) {
      throw new StorageUnavailableException("could not " + action, e);
    }
  }

  @Override
  public void close() throws SQLException, InterruptedException {
    readers.close();
    writer.close(); // the last, so that it moves the log into the database
  }
}
