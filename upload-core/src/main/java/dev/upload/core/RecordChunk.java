package dev.upload.core;

import dev.upload.core.model.AppendOnly;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.time.InstantSource;

/** Records what of a chunk is durable, and with its last byte what its sender says of the whole. */
final class RecordChunk {

  private final SessionUpdates updates;
  private final InstantSource clock;

  RecordChunk(SessionUpdates updates, InstantSource clock) {
    this.updates = updates;
    this.clock = clock;
  }

  /**
   * Returns {@code session} with what was written, and as its sender declares it if the chunk
   * {@code ended} as it was meant to.
   *
   * @throws UploadRejectedException with {@code Gone} if it is another upload meanwhile, or {@code
   *     Inconsistent} if the upload was to end elsewhere: then the bytes count all the same
   */
  UploadSession record(UploadSession session, WrittenChunk written, boolean ended) {
    UploadSession after =
        updates.apply(session.id(), now -> advanced(now, session, written, ended)).after();
    if (ended && written.chunk().last()) {
      requireEnd(after);
    }
    return after;
  }

  /**
   * Bytes count only for the very upload that they were written to, not for a later one of its id.
   */
  private UploadSession advanced(
      UploadSession now, UploadSession session, WrittenChunk written, boolean ended) {
    if (now.state() == UploadState.CANCELLED || !now.isBegunBy(session.declaration())) {
      throw new UploadRejectedException(new Rejection.Gone());
    }
    if (now.state() == UploadState.OPEN && wasElsewhere(now, session, written)) {
      throw new UploadRejectedException(
          new Rejection.OffsetMismatch(now.offset(), written.chunk().offset()));
    }
    UploadSession next = written.in(now, clock.instant());
    return ended ? next.endedWith(written.chunk(), clock.instant()) : next;
  }

  /**
   * Tells whether another node was faster, for leases are each node's own. Where bytes come one
   * after the other, two that were appended at the same offset must not both count: their notes
   * name different pieces of the same place.
   */
  private boolean wasElsewhere(UploadSession now, UploadSession session, WrittenChunk written) {
    return now.policy() instanceof AppendOnly
        && !(now.offset() == session.offset() && now.digested().equals(session.digested()))
        && !isIn(now, written);
  }

  /** The repository's answer may have been lost, and the same be recorded again. */
  private boolean isIn(UploadSession now, WrittenChunk written) {
    UploadSession next = written.in(now, now.touchedAt());
    return now.offset() == written.range().end()
        && next.notes().equals(now.notes())
        && next.digested().equals(now.digested());
  }

  private static void requireEnd(UploadSession session) {
    if (session.policy() instanceof AppendOnly && !session.isFull()) {
      throw new UploadRejectedException(
          new Rejection.Inconsistent(
              "Upload-Length",
              "it is %d, and the upload was to end at %d"
                  .formatted(session.length().orElse(0), session.offset())));
    }
  }
}
