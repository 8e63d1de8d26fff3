package dev.upload.core.model;

/** Which of its owner's uploads a requester may touch. */
public sealed interface UploadScope {

  /** All of them. */
  record Everything() implements UploadScope {}

  /** One, begun or not yet, of {@code maxLength} bytes at most. */
  record Single(UploadId id, long maxLength) implements UploadScope {
    public Single {
      if (maxLength < 1) {
        throw new IllegalArgumentException("a limit is at least 1");
      }
    }
  }

  /** Tells whether the upload of {@code id} is among them. */
  default boolean has(UploadId id) {
    return switch (this) {
      case Everything all -> true;
      case Single one -> one.id().equals(id);
    };
  }
}
