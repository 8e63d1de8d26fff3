package dev.upload.core.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store could not do its work: infrastructure failed. The call may be repeated. */
public final class StorageUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // nobody serialises it
  private final @Nullable UploadId lost;

  private final boolean forGood;

  /**
   * @param message what was tried, with the upload's id
   */
  public StorageUnavailableException(String message, Throwable cause) {
    this(message, cause, null, false);
  }

  private StorageUnavailableException(
      String message, Throwable cause, @Nullable UploadId lost, boolean forGood) {
    super(message, cause);
    this.lost = lost;
    this.forGood = forGood;
  }

  /**
   * Returns a fault of a store that says it no longer has bytes that it took.
   *
   * @param id of the upload whose bytes they were
   * @param message what was tried, with the upload's id
   */
  public static StorageUnavailableException lost(UploadId id, String message, Throwable cause) {
    return new StorageUnavailableException(message, cause, id, false);
  }

  /**
   * Returns a fault of a store that knows that it no longer has bytes that it took, and never will.
   *
   * @param id of the upload whose bytes they were
   * @param message what was tried, with the upload's id
   */
  public static StorageUnavailableException lostForGood(
      UploadId id, String message, Throwable cause) {
    return new StorageUnavailableException(message, cause, id, true);
  }

  /**
   * Tells whether the store says that bytes are lost. A store may say so for a while though it has
   * them; it is believed when it stays so.
   */
  public boolean bytesLost() {
    return lost != null;
  }

  /** Tells whether bytes are lost, and nothing can bring them back. */
  public boolean bytesLostForGood() {
    return forGood;
  }

  /** Returns the upload whose bytes the store says it has lost. */
  public Optional<UploadId> lost() {
    return Optional.ofNullable(lost);
  }
}
