package dev.upload.s3;

import org.jspecify.annotations.Nullable;

/**
 * A bucket cannot be used as it is configured, or lacks what is needed. Its message is for the
 * operator.
 */
public final class UnusableStoreException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnusableStoreException(String message) {
    this(message, null);
  }

  UnusableStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
