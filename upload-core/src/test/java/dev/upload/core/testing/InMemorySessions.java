package dev.upload.core.testing;

import dev.upload.core.model.OpenUsage;
import dev.upload.core.model.Owner;
import dev.upload.core.model.SessionSnapshot;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.SessionRepository;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Records in memory, kept at rest as every repository keeps them. */
public final class InMemorySessions implements SessionRepository {

  private final ConcurrentHashMap<UploadId, SessionSnapshot> records = new ConcurrentHashMap<>();
  private final AtomicInteger finds = new AtomicInteger();

  /** Returns how often a record was looked for. */
  public int finds() {
    return finds.get();
  }

  @Override
  public Optional<UploadSession> find(UploadId id) {
    finds.incrementAndGet();
    return Optional.ofNullable(records.get(id)).map(SessionSnapshot::session);
  }

  @Override
  public boolean insert(UploadSession session) {
    return records.putIfAbsent(session.id(), SessionSnapshot.of(session)) == null;
  }

  @Override
  public boolean replace(UploadSession next) {
    SessionSnapshot known = records.get(next.id());
    return known != null
        && known.session().version() == next.version() - 1
        && records.replace(next.id(), known, SessionSnapshot.of(next));
  }

  @Override
  public boolean delete(UploadSession session) {
    return records.remove(session.id(), SessionSnapshot.of(session));
  }

  @Override
  public List<UploadSession> untouchedSince(UploadState state, Instant cutoff, int limit) {
    return records.values().stream()
        .map(SessionSnapshot::session)
        .filter(session -> session.state() == state && session.touchedAt().isBefore(cutoff))
        .sorted(Comparator.comparing(UploadSession::touchedAt))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<OpenUsage> openUsage() {
    return Optional.of(open(session -> true));
  }

  @Override
  public Optional<OpenUsage> openUsage(Owner owner) {
    return Optional.of(open(session -> session.declaration().owner().equals(owner)));
  }

  private OpenUsage open(Predicate<UploadSession> counted) {
    return records.values().stream()
        .map(SessionSnapshot::session)
        .filter(counted)
        .map(OpenUsage::of)
        .reduce(OpenUsage.NONE, OpenUsage::plus);
  }

  /** Returns how many sessions are recorded. */
  public int count() {
    return records.size();
  }
}
