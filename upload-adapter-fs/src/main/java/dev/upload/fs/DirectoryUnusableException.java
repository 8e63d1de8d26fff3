package dev.upload.fs;

/**
 * A directory cannot serve as an upload directory as things are. The message says what to change.
 */
public final class DirectoryUnusableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param message names the directory and the obstacle
   */
  public DirectoryUnusableException(String message) {
    super(message);
  }
}
