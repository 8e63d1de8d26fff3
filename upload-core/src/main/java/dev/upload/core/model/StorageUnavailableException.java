package dev.upload.core.model;

/** A store could not do its work: infrastructure failed. The call may be repeated. */
public final class StorageUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean bytesLost;

  /**
   * @param message what was tried, with the upload's id
   */
  public StorageUnavailableException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private StorageUnavailableException(String message, Throwable cause, boolean bytesLost) {
    super(message, cause);
    this.bytesLost = bytesLost;
  }

  /**
   * Returns a fault of a store that says it no longer has bytes that it took.
   *
   * @param message what was tried, with the upload's id
   */
  public static StorageUnavailableException lost(String message, Throwable cause) {
    return new StorageUnavailableException(message, cause, true);
  }

  /**
   * Tells whether the store says that bytes are lost. A store may say so for a while though it has
   * them; it is believed when it stays so.
   */
  public boolean bytesLost() {
    return bytesLost;
  }
}
