package dev.upload.core.model;

/** A store could not do its work: infrastructure failed. The call may be repeated. */
public final class StorageUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param message what was tried, with the upload's id
   */
  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
