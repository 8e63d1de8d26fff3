package dev.upload.core;

import dev.upload.core.model.AssemblyPolicy;
import dev.upload.core.model.ByteRanges;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.PiecewiseBody;
import dev.upload.core.port.UploadLocks;

/**
 * Takes one chunk: stores its bytes, then records them, then finishes the upload if that was the
 * last.
 */
final class ReceiveChunk {

  private final DigestingStore store;
  private final UploadLocks locks;
  private final SessionUpdates updates;
  private final RecordChunk record;
  private final Admission admission;
  private final UploadLimits limits;

  ReceiveChunk(
      DigestingStore store,
      UploadLocks locks,
      SessionUpdates updates,
      RecordChunk record,
      Admission admission) {
    this.store = store;
    this.locks = locks;
    this.updates = updates;
    this.record = record;
    this.admission = admission;
    this.limits = admission.limits();
  }

  /** What is done with a body once its place is leased. */
  private interface Reception {
    UploadSession of(UploadSession session, LeasedBody body);
  }

  /**
   * Returns the session after {@code chunk}: {@code ASSEMBLING} if the upload is whole now. A chunk
   * that is already held leaves {@code body} as it is.
   *
   * @throws UploadRejectedException if the chunk is refused, or its body was not what it announced
   */
  UploadSession receive(UploadId id, Chunk chunk, ChunkBody body) {
    return received(id, chunk, body, (session, leased) -> atOnce(session, chunk, leased));
  }

  /**
   * Does the same, but records what has come, and tells it, while the rest is still coming. Under
   * one lease: whoever takes that over ends all of it.
   */
  UploadSession receive(UploadId id, Chunk chunk, PiecewiseBody body, Progress progress) {
    return received(
        id,
        chunk,
        body,
        (session, leased) ->
            session.policy().keepsPartOfChunk()
                ? inPieces(session, chunk, leased, progress)
                : atOnce(session, chunk, leased));
  }

  private UploadSession received(UploadId id, Chunk chunk, ChunkBody body, Reception reception) {
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
      chunk.length().ifPresent(length -> limits.admitAppend(session, chunk, length));
      admission.admitGrowth(session, chunk.length().orElse(1));
      return reception.of(session, leased);
    }
  }

  private UploadSession atOnce(UploadSession session, Chunk chunk, LeasedBody body) {
    WrittenChunk written = store.begin(session).write(session, chunk, body);
    requireWhole(session, written, body);
    return ended(session, session, chunk, written, body);
  }

  private UploadSession inPieces(
      UploadSession session, Chunk chunk, LeasedBody body, Progress progress) {
    DigestingStore.Writing writing = store.begin(session);
    PieceSizes sizes = new PieceSizes(progress, store.store().leastPieceBytes());
    UploadSession now = session;
    Chunk left = chunk;
    while (true) {
      LeasedBody.Piece piece = body.next(sizes.next(left.offset()));
      WrittenChunk written = writing.write(now, left, piece);
      if (piece.isLast()) {
        return ended(session, now, chunk, written, body);
      }
      now = record.record(now, written, false);
      progress.tell(now);
      sizes.took(written.stored().length());
      left = left.behind(written.stored().length());
    }
  }

  /**
   * Records the end of a body, if it is one that its sender meant to be.
   *
   * @param session as it was before the first byte of {@code chunk}
   * @param now as it was last recorded
   */
  private UploadSession ended(
      UploadSession session, UploadSession now, Chunk chunk, WrittenChunk end, LeasedBody body) {
    boolean all = end.isAllOf(body);
    if (all) {
      limits.admitAppend(session, chunk, end.range().end() - chunk.offset());
    }
    return record.record(now, end, all);
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
  static void requireWhole(UploadSession session, WrittenChunk written, ChunkBody body) {
    long length = written.stored().length();
    long expected = written.chunk().length().orElse(length);
    if (session.policy().keepsPartOfChunk() || length == expected) {
      return;
    }
    throw new UploadRejectedException(
        body.truncated()
            ? new Rejection.Interrupted(expected, length)
            : new Rejection.Malformed(
                "body", "it has %d bytes where %d were announced".formatted(length, expected)));
  }
}
