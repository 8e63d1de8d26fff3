package dev.upload.s3;

import dev.upload.core.model.UploadSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One immutable version in the chain of a session's records.
 *
 * @param sequence its place in the chain, from 1 on; a chain goes on when its session is deleted
 *     and the id is taken again, so this is not the session's version
 * @param writer what nobody else writes: tells one's own work after an answer was lost
 * @param session null where the session was deleted: a tombstone
 */
record ChainLink(long sequence, String writer, @Nullable UploadSession session) {

  /** The place before the first link of a chain. */
  static final ChainLink NONE = new ChainLink(0, "", null);

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
  ChainLink followedBy(@Nullable UploadSession next) {
    return new ChainLink(sequence + 1, Tokens.next(), next);
  }
}
