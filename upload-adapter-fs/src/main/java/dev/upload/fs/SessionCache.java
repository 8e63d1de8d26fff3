package dev.upload.fs;

import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Unfinished sessions as they were last committed, for those that changed most recently. Finished
 * ones would soon be all there is, and small uploads would keep a heap full of them alive just long
 * enough to be promoted.
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
        case Mutation.Recording recording -> keep(recording.session(), recording.body().length());
        case Mutation.Delete(UploadSession session) -> remove(session.id());
        case Mutation.Forced forced -> {}
        case Mutation.Verified verified -> {}
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
        case Mutation.Verified verified -> {}
        case Mutation.Booted booted -> {}
      }
    }
  }

  private void keep(UploadSession session, int length) {
    remove(session.id());
    if (session.state() == UploadState.COMPLETE) {
      return; // rarely asked for again
    }
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
