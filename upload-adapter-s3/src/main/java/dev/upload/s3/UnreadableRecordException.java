package dev.upload.s3;

import java.io.IOException;

/** A record is there, and is not of the form that this version writes or knows. */
final class UnreadableRecordException extends IOException {

  private static final long serialVersionUID = 1;

  UnreadableRecordException(String message) {
    super(message);
  }

  UnreadableRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
