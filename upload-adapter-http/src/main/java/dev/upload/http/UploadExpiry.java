package dev.upload.http;

import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When unfinished uploads expire.
 *
 * @param afterLastProgress how long an upload may stand still
 */
public record UploadExpiry(Duration afterLastProgress) {

  /** Returns when {@code session} expires if it stays as it is; never if it is finished. */
  public Optional<Instant> of(UploadSession session) {
    return session.state() == UploadState.OPEN
        ? Optional.of(session.touchedAt().plus(afterLastProgress))
        : Optional.empty();
  }
}
