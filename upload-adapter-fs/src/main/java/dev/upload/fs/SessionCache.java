package dev.upload.fs;

import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Sessions as they were last committed, for those that changed most recently.
 *
 * <p>Exact, because only the writer fills it, after each commit and before its callers go on, and
 * nobody else may write the database. Any thread may look; only the writer's changes it.
 */
final class SessionCache implements SessionWriter.Outcomes {

  private static final long MAX_CHARS = 4 * 1024 * 1024;

  private final ConcurrentMap<UploadId, UploadSession> sessions = new ConcurrentHashMap<>();

  /** How long the record of each cached session is, by the age of its last change. */
  private final Map<UploadId, Integer> charsByAge = new LinkedHashMap<>();

  private long chars;

  Optional<UploadSession> find(UploadId id) {
    return Optional.ofNullable(sessions.get(id));
  }

  @Override
  public void committed(List<Mutation> changed) {
    for (Mutation mutation : changed) {
      switch (mutation) {
        case Mutation.Recording recording -> put(recording.session(), recording.body().length());
        case Mutation.Delete(UploadSession session) -> remove(session.id());
        case Mutation.Forced forced -> {}
        case Mutation.Booted booted -> {}
      }
    }
  }

  @Override
  public void uncertain(List<Mutation> mutations) {
    for (Mutation mutation : mutations) {
      switch (mutation) {
        case Mutation.Recording recording -> remove(recording.session().id());
        case Mutation.Delete(UploadSession session) -> remove(session.id());
        case Mutation.Forced forced -> {}
        case Mutation.Booted booted -> {}
      }
    }
  }

  private void put(UploadSession session, int length) {
    remove(session.id());
    sessions.put(session.id(), session);
    charsByAge.put(session.id(), length);
    chars += length;
    while (chars > MAX_CHARS) {
      Iterator<UploadId> oldest = charsByAge.keySet().iterator();
      remove(oldest.next());
    }
  }

  private void remove(UploadId id) {
    Integer length = charsByAge.remove(id);
    if (length != null) {
      chars -= length;
      sessions.remove(id);
    }
  }
}
