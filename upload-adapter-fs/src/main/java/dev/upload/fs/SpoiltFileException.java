package dev.upload.fs;

import java.io.IOException;

/**
 * An unfinished file is gone, or could not be forced and was deleted: nobody knows which of its
 * bytes the disk had.
 */
final class SpoiltFileException extends IOException {

  private static final long serialVersionUID = 1;

  SpoiltFileException(Throwable cause) {
    super("the file is gone, or the disk failed while it was forced", cause);
  }
}
