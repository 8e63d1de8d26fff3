package dev.upload.s3;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Turns what the SDK throws into what the ports promise, once, where a port's method ends. */
final class Faults {

  private static final int INSUFFICIENT_STORAGE = 507;

  /** What AWS and others answer if the bytes that came are not those that were announced. */
  private static final Set<String> CHANGED_BYTES =
      Set.of("BadDigest", "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch");

  private Faults() {}

  /** Work that may fail as the SDK does. */
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Runs {@code work} for one upload.
   *
   * @param what was tried, as in "could not … upload x"
   * @throws StorageUnavailableException if the store failed; it says that bytes are lost where the
   *     store has no such multipart upload: what was in it was recorded, and is gone
   * @throws UploadRejectedException with {@code StorageFull} if the store has no room
   */
  static <T> T translated(String what, UploadId id, Work<T> work) {
    try {
      return work.run();
    } catch (SdkException | IOException | UncheckedIOException e) {
      String tried = what + " upload " + id;
      if (e instanceof LostBytesException || e instanceof NoSuchUploadException) {
        throw StorageUnavailableException.lost(id, message(tried, e), e);
      }
      throw fault(tried, e);
    }
  }

  /**
   * Runs {@code work}.
   *
   * @param what was tried, as in "could not …"
   */
  static <T> T translated(String what, Work<T> work) {
    try {
      return work.run();
    } catch (SdkException | IOException | UncheckedIOException e) {
      throw fault(what, e);
    }
  }

  /**
   * Tells whether the bytes of a request have changed on their way: sending them again may help.
   */
  static boolean isOfBytesOnTheWay(Throwable fault) {
    return fault instanceof S3Exception s3
        && s3.awsErrorDetails() != null
        && CHANGED_BYTES.contains(Objects.requireNonNullElse(s3.awsErrorDetails().errorCode(), ""));
  }

  private static RuntimeException fault(String what, Exception e) {
    return e instanceof S3Exception s3 && s3.statusCode() == INSUFFICIENT_STORAGE
        ? new UploadRejectedException(new Rejection.StorageFull(0))
        : new StorageUnavailableException(message(what, e), e);
  }

  private static String message(String what, Exception e) {
    return "could not %s: %s".formatted(what, e.getMessage());
  }
}
