package dev.upload.s3;

import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of one version of a session to leave it out of a search.
 *
 * @param state null where the session was deleted
 */
record Glance(long sequence, @Nullable UploadState state, Instant touchedAt) {

  static Glance of(ChainLink link) {
    UploadSession session = link.session();
    return session == null
        ? new Glance(link.sequence(), null, Instant.MIN)
        : new Glance(link.sequence(), session.state(), session.touchedAt());
  }

  boolean isTombstone() {
    return state == null;
  }
}
