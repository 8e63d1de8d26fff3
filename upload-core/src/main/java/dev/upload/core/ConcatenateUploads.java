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
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes one upload of several. Their bytes are copied once all of them are full, by whoever asks
 * for the whole first; a copy that was cut off goes on behind the last part that was recorded.
 */
final class ConcatenateUploads {

  /** Wholes that are looked for again; one beyond waits until somebody asks for it. */
  private static final int MAX_WAITING = 10_000;

  private final ChunkStore store;
  private final SettleUpload settle;
  private final SessionUpdates updates;
  private final InstantSource clock;
  private final UploadLimits limits;
  private final KeyedMutex mutex = new KeyedMutex();

  /** Wholes that were seen unfinished: a hint, lost with this process. */
  private final Set<UploadId> waiting = ConcurrentHashMap.newKeySet();

  ConcatenateUploads(
      ChunkStore store,
      SettleUpload settle,
      SessionUpdates updates,
      InstantSource clock,
      UploadLimits limits) {
    this.store = store;
    this.settle = settle;
    this.updates = updates;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Refuses a concatenation of what cannot be concatenated, and returns how long it will be, if all
   * of its parts have a length.
   *
   * @throws UploadRejectedException if a part is unknown, another owner's, or no partial upload, or
   *     the known lengths exceed the limit
   */
  OptionalLong admit(UploadDeclaration declaration, Concatenation concatenation) {
    long length = 0;
    boolean known = true;
    for (UploadId part : concatenation.parts()) {
      UploadSession session =
          updates
              .find(part)
              .filter(found -> found.state() == UploadState.OPEN && found.isPartial())
              .filter(found -> found.declaration().owner().equals(declaration.owner()))
              .orElseThrow(() -> noPart(part));
      known &= session.length().isPresent();
      long more = session.length().orElse(0);
      length = more > Long.MAX_VALUE - length ? Long.MAX_VALUE : length + more;
    }
    limits.admitLength("Upload-Concat", length);
    return known ? OptionalLong.of(length) : OptionalLong.empty();
  }

  /** Returns the wholes that were seen unfinished. */
  Set<UploadId> waiting() {
    return Set.copyOf(waiting);
  }

  /** Looks for {@code whole} no longer. */
  void forget(UploadId whole) {
    waiting.remove(whole);
  }

  /**
   * Returns {@code session}, if it is an unfinished concatenation with all the bytes that its parts
   * have, provided that all of those are full: {@code ASSEMBLING} then. While another thread copies
   * them, it is returned as it is.
   */
  UploadSession advance(UploadSession session) {
    return session.state() == UploadState.OPEN
            && session.policy() instanceof Concatenation concatenation
        ? mutex.unlessLocked(session.id(), () -> advanceAlone(session.id(), concatenation), session)
        : session;
  }

  /** Nobody can give it up while its bytes come: what a store had of it then would stay. */
  private UploadSession advanceAlone(UploadId id, Concatenation concatenation) {
    return settle.alone(id, () -> advanceOnce(id, concatenation));
  }

  private UploadSession advanceOnce(UploadId id, Concatenation concatenation) {
    UploadSession session = updates.current(id); // again: somebody may have been faster
    Optional<List<UploadSession>> parts = fullParts(concatenation);
    if (session.state() != UploadState.OPEN) {
      waiting.remove(id);
      return session;
    }
    if (waiting.size() < MAX_WAITING) {
      waiting.add(id);
    }
    if (parts.isEmpty()) {
      return session;
    }
    long length = parts.get().stream().mapToLong(part -> part.length().orElseThrow()).sum();
    if (length > limits.maxLength() || length < limits.minLength()) { // was not known at first
      waiting.remove(id);
      return session;
    }
    UploadSession target =
        updates.apply(id, now -> now.withLength(length, clock.instant())).after();
    long offset = 0;
    for (UploadSession part : parts.get()) {
      target = copied(target, offset, part);
      offset += part.length().orElseThrow();
    }
    waiting.remove(id);
    return target;
  }

  private UploadSession copied(UploadSession target, long offset, UploadSession part) {
    ByteRange range = ByteRange.at(offset, part.length().orElseThrow());
    if (target.state() != UploadState.OPEN || target.received().covers(range)) {
      return target;
    }
    StoredChunk stored = settle.alone(part.id(), () -> store.copy(target, offset, part));
    return updates
        .apply(target.id(), now -> now.received(range, stored.notes(), clock.instant()))
        .after();
  }

  private Optional<List<UploadSession>> fullParts(Concatenation concatenation) {
    Map<UploadId, UploadSession> full = new HashMap<>();
    for (UploadId id : concatenation.parts()) {
      if (!full.containsKey(id)) {
        Optional<UploadSession> part = updates.find(id).filter(UploadSession::isFull);
        if (part.isEmpty()) {
          return Optional.empty();
        }
        full.put(id, part.get());
      }
    }
    return Optional.of(concatenation.parts().stream().map(full::get).toList());
  }

  static UploadRejectedException noPart(UploadId part) {
    return new UploadRejectedException(
        new Rejection.Inconsistent("Upload-Concat", "there is no partial upload " + part));
  }
}
