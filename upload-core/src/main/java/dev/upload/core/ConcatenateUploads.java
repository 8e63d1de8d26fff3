package dev.upload.core;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Concatenation;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.SessionRepository;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes one upload of several. Their bytes are copied once all of them are full, by whoever asks
 * for the whole first; a copy that was cut off goes on behind the last part that was recorded.
 */
final class ConcatenateUploads {

  /** Wholes that wait for their parts; those beyond wait until somebody asks for them. */
  private static final int MAX_WAITING = 10_000;

  private final ChunkStore store;
  private final SessionRepository sessions;
  private final SessionUpdates updates;
  private final InstantSource clock;
  private final UploadLimits limits;
  private final KeyedMutex mutex = new KeyedMutex();

  /** Which wholes were begun here before the part was full: a hint, lost with this process. */
  private final ConcurrentHashMap<UploadId, Set<UploadId>> waiting = new ConcurrentHashMap<>();

  ConcatenateUploads(
      ChunkStore store,
      SessionRepository sessions,
      SessionUpdates updates,
      InstantSource clock,
      UploadLimits limits) {
    this.store = store;
    this.sessions = sessions;
    this.updates = updates;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Refuses a concatenation of what cannot be concatenated.
   *
   * @throws UploadRejectedException if a part is unknown, another owner's, or no partial upload, or
   *     the known lengths exceed the limit
   */
  void admit(UploadDeclaration declaration, Concatenation concatenation) {
    long length = 0;
    for (UploadId part : concatenation.parts()) {
      UploadSession session =
          sessions
              .find(part)
              .filter(found -> found.state() == UploadState.OPEN && found.isPartial())
              .filter(found -> found.declaration().owner().equals(declaration.owner()))
              .orElseThrow(() -> noPart(part));
      length = Math.addExact(length, session.length().orElse(0));
    }
    limits.admitLength("Upload-Concat", length);
  }

  /** Lets {@link #waitingFor} find {@code whole} by its parts. */
  void await(UploadId whole, Concatenation concatenation) {
    for (UploadId part : Set.copyOf(concatenation.parts())) {
      if (waiting.size() < MAX_WAITING) {
        waiting.merge(part, Set.of(whole), ConcatenateUploads::union);
      }
    }
  }

  private static Set<UploadId> union(Set<UploadId> some, Set<UploadId> more) {
    Set<UploadId> all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }

  /** Returns, once, the wholes that may have waited for {@code part}. */
  Set<UploadId> waitingFor(UploadId part) {
    Set<UploadId> wholes = waiting.remove(part);
    return wholes == null ? Set.of() : wholes;
  }

  /**
   * Returns {@code session}, if it is an unfinished concatenation with all the bytes that its parts
   * have, provided that all of those are full: {@code ASSEMBLING} then.
   */
  UploadSession advance(UploadSession session) {
    return session.state() == UploadState.OPEN
            && session.policy() instanceof Concatenation concatenation
        ? mutex.withLock(session.id(), () -> advanceOnce(session.id(), concatenation))
        : session;
  }

  private UploadSession advanceOnce(UploadId id, Concatenation concatenation) {
    UploadSession session = updates.current(id); // again: somebody may have been faster
    Optional<List<UploadSession>> parts = fullParts(concatenation);
    if (session.state() != UploadState.OPEN || parts.isEmpty()) {
      return session;
    }
    concatenation.parts().forEach(waiting::remove);
    long length = parts.get().stream().mapToLong(part -> part.length().orElseThrow()).sum();
    limits.admitLength("Upload-Concat", length);
    UploadSession target =
        updates.apply(id, now -> now.withLength(length, clock.instant())).after();
    long offset = 0;
    for (UploadSession part : parts.get()) {
      target = copied(target, offset, part);
      offset += part.length().orElseThrow();
    }
    return target;
  }

  private UploadSession copied(UploadSession target, long offset, UploadSession part) {
    ByteRange range = ByteRange.at(offset, part.length().orElseThrow());
    if (target.state() != UploadState.OPEN || target.received().covers(range)) {
      return target;
    }
    StoredChunk stored = store.copy(target, offset, part);
    return updates
        .apply(target.id(), now -> now.received(range, stored.notes(), clock.instant()))
        .after();
  }

  private Optional<List<UploadSession>> fullParts(Concatenation concatenation) {
    List<UploadSession> parts = new ArrayList<>();
    for (UploadId id : concatenation.parts()) {
      UploadSession part = sessions.find(id).orElseThrow(() -> noPart(id));
      if (!part.isFull()) {
        return Optional.empty();
      }
      parts.add(part);
    }
    return Optional.of(parts);
  }

  private static UploadRejectedException noPart(UploadId part) {
    return new UploadRejectedException(
        new Rejection.Inconsistent("Upload-Concat", "there is no partial upload " + part));
  }
}
