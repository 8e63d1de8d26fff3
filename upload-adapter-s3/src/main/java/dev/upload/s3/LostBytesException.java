package dev.upload.s3;

import java.io.IOException;

/** The store has neither the finished object nor the bytes for it, or has made others of them. */
final class LostBytesException extends IOException {

  private static final long serialVersionUID = 1;

  LostBytesException(String message) {
    super(message);
  }

  LostBytesException(Throwable cause) {
    super(
        "the store has no finished object, and no longer the bytes that it took"
            + " (was there a lifecycle rule?): "
            + cause.getMessage(),
        cause);
  }
}
