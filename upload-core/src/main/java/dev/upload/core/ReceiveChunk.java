package dev.upload.core;

import dev.upload.core.model.AssemblyPolicy;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.ByteRanges;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.UploadLocks;
import java.time.InstantSource;

/**
 * Takes one chunk: stores its bytes, then records them, then finishes the upload if that was the
 * last.
 */
final class ReceiveChunk {

  private final ChunkStore store;
  private final UploadLocks locks;
  private final SessionUpdates updates;
  private final InstantSource clock;
  private final Admission admission;
  private final UploadLimits limits;

  ReceiveChunk(
      ChunkStore store,
      UploadLocks locks,
      SessionUpdates updates,
      InstantSource clock,
      Admission admission) {
    this.store = store;
    this.locks = locks;
    this.updates = updates;
    this.clock = clock;
    this.admission = admission;
    this.limits = admission.limits();
  }

  /**
   * Returns the session after {@code chunk}: {@code ASSEMBLING} if the upload is whole now. A chunk
   * that is already held leaves {@code body} as it is.
   *
   * @throws UploadRejectedException if the chunk is refused, or its body was not what it announced
   */
  UploadSession receive(UploadId id, Chunk chunk, ChunkBody body) {
    UploadSession seen = updates.recent(id);
    limits.admitBody(seen.policy(), chunk.length().orElse(0));
    LeasedBody leased = LeasedBody.of(chunk, body, maxBytes(seen, chunk));
    try (UploadLocks.Lease lease =
        locks.acquire(id, seen.writeSpan(chunk), takeover(seen.policy()), leased)) {
      UploadSession session = lookedUp(id, chunk); // again: it may have moved while we waited
      if (session.alreadyHas(chunk)) {
        return session;
      }
      session.admit(chunk);
      admitGap(session, chunk);
      admission.admitGrowth(session, chunk.length().orElse(1));
      StoredChunk stored = store.write(session, chunk, leased);
      requireWhole(session, chunk, stored, leased);
      return record(session, chunk, stored);
    }
  }

  /**
   * Believes what this node knows if the chunk is to be written: recording it will prove that. To
   * leave a chunk out or refuse it takes the record itself.
   */
  private UploadSession lookedUp(UploadId id, Chunk chunk) {
    UploadSession recent = updates.recent(id);
    return recent.alreadyHas(chunk) || !admits(recent, chunk) ? updates.current(id) : recent;
  }

  private boolean admits(UploadSession session, Chunk chunk) {
    try {
      session.admit(chunk);
      admitGap(session, chunk);
      return true;
    } catch (UploadRejectedException e) {
      return false;
    }
  }

  private UploadSession record(UploadSession session, Chunk chunk, StoredChunk stored) {
    ByteRange range = ByteRange.at(chunk.offset(), stored.length());
    SessionUpdates.Change change =
        updates.apply(session.id(), now -> advanced(now, session, range, stored));
    return change.after();
  }

  /**
   * Bytes count only for the very upload that they were written to, not for a later one of its id.
   */
  private UploadSession advanced(
      UploadSession now, UploadSession written, ByteRange range, StoredChunk stored) {
    if (now.state() == UploadState.CANCELLED
        || !now.declaration().createdAt().equals(written.declaration().createdAt())) {
      throw new UploadRejectedException(new Rejection.Gone());
    }
    return now.received(range, stored.notes(), clock.instant());
  }

  private long maxBytes(UploadSession session, Chunk chunk) {
    long left = session.length().orElse(limits.maxLength()) - chunk.offset();
    return Math.max(0, Math.min(chunk.length().orElse(limits.maxBody(session.policy())), left));
  }

  static UploadLocks.Takeover takeover(AssemblyPolicy policy) {
    return policy.keepsPartOfChunk()
        ? UploadLocks.Takeover.AT_ONCE
        : UploadLocks.Takeover.WHEN_STALLED;
  }

  private void admitGap(UploadSession session, Chunk chunk) {
    ByteRanges received = session.received();
    if (received.count() > limits.maxGaps()
        && received.plus(chunk.range()).count() > received.count()) {
      throw new UploadRejectedException(
          new Rejection.TooLarge("gaps between chunks", limits.maxGaps(), received.count()));
    }
  }

  /** Where a part of a chunk counts for nothing, a short body is refused. */
  static void requireWhole(UploadSession session, Chunk chunk, StoredChunk stored, ChunkBody body) {
    long expected = chunk.length().orElse(stored.length());
    if (session.policy().keepsPartOfChunk() || stored.length() == expected) {
      return;
    }
    throw new UploadRejectedException(
        body.truncated()
            ? new Rejection.Interrupted(expected, stored.length())
            : new Rejection.Malformed(
                "body",
                "it has %d bytes where %d were announced".formatted(stored.length(), expected)));
  }
}
