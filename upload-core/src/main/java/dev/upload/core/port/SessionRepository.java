package dev.upload.core.port;

import dev.upload.core.model.OpenUsage;
import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The records of all sessions. Safe for concurrent use, also by several nodes where the store is
 * shared; what a method has done is durable as far as the store promises.
 *
 * <p>All methods throw {@link dev.upload.core.model.StorageUnavailableException} if the outcome is
 * not known or the infrastructure fails.
 */
public interface SessionRepository {

  /** Returns the session as it was last recorded. */
  Optional<UploadSession> find(UploadId id);

  /**
   * Returns the session as this node knows it from the last seconds, else as {@link #find} does.
   *
   * <p>It has all that this node has recorded, but perhaps not what another one has recorded since:
   * good enough to build a {@link #replace} on, which fails then, not to refuse a client.
   */
  default Optional<UploadSession> recent(UploadId id) {
    return find(id);
  }

  /**
   * Returns the same if this node knows it without asking; else nothing, whether or not there is a
   * session. Worth it where asking takes a while.
   */
  default Optional<UploadSession> remembered(UploadId id) {
    return Optional.empty();
  }

  /**
   * Returns what unfinished uploads there are, of everybody; empty if this repository does not
   * count them. Cheap: asked for every upload that begins.
   */
  default Optional<OpenUsage> openUsage() {
    return Optional.empty();
  }

  /** Returns the same of one owner. */
  default Optional<OpenUsage> openUsage(Owner owner) {
    return Optional.empty();
  }

  /** Records a new session, and returns false, changing nothing, if its id is taken. */
  boolean insert(UploadSession session);

  /**
   * Records {@code next} in place of the version before it, and returns false, changing nothing, if
   * the recorded version is another one or there is none.
   *
   * @param next has {@code version} n + 1 where n is recorded
   */
  boolean replace(UploadSession next);

  /** Forgets {@code session}, and returns false if another version is recorded or there is none. */
  boolean delete(UploadSession session);

  /**
   * Returns sessions in {@code state} that were last touched before {@code cutoff}, oldest first as
   * far as the store can tell, {@code limit} at most. A record that cannot be read is left out.
   */
  List<UploadSession> untouchedSince(UploadState state, Instant cutoff, int limit);
}
