package dev.upload.http.rufh;

import dev.upload.core.model.Rejection;

/**
 * All bytes of an upload came, and the whole was refused: what was sent was taken, and there is
 * nothing to go on with.
 */
final class WholeRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Rejection rejection;

  WholeRefusedException(Rejection rejection) {
    super(rejection.detail(), null, false, false);
    this.rejection = rejection;
  }

  Rejection rejection() {
    return rejection;
  }
}
