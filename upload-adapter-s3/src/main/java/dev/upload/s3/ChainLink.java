package dev.upload.s3;

import dev.upload.core.model.ByteRanges;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One immutable version in the chain of a session's records.
 *
 * @param sequence its place in the chain, from 1 on; a chain goes on when its session is deleted
 *     and the id is taken again, so this is not the session's version
 * @param writer what nobody else writes: tells one's own work after an answer was lost
 * @param session null where the session was deleted: a tombstone
 * @param deleted what a tombstone remembers of the session: enough to free once more what was its
 */
record ChainLink(
    long sequence,
    String writer,
    @Nullable UploadSession session,
    @Nullable UploadSession deleted) {

  /** The place before the first link of a chain. */
  static final ChainLink NONE = new ChainLink(0, "", null, null);

  boolean isTombstone() {
    return session == null;
  }

  /** Returns what the store has noted with it. */
  Optional<PartManifest> manifest() {
    return session == null || !PartManifest.isOf(session.notes())
        ? Optional.empty()
        : Optional.of(PartManifest.of(session.notes()));
  }

  /** Returns a link that would come right behind this one. */
  ChainLink followedBy(UploadSession next) {
    return new ChainLink(sequence + 1, Tokens.next(), next, null);
  }

  /** Returns a tombstone that would come right behind this link. */
  ChainLink followedByDeletionOf(UploadSession session) {
    UploadSession remembered =
        new UploadSession(
            session.declaration(),
            UploadState.CANCELLED,
            ByteRanges.EMPTY,
            PartManifest.names(session.notes()),
            session.touchedAt(),
            session.version());
    return new ChainLink(sequence + 1, Tokens.next(), null, remembered);
  }
}
