package dev.upload.core.model;

/** Something that happened to an upload. Published after it was recorded. */
public sealed interface UploadEvent {

  /** The upload as it was right after. */
  UploadSession session();

  /** A client began. */
  record Created(UploadSession session) implements UploadEvent {}

  /** The whole is visible under its final name. Published at least once. */
  record Completed(UploadSession session) implements UploadEvent {}

  /** The client gave up. */
  record Cancelled(UploadSession session) implements UploadEvent {}

  /** The client took the finished whole away. */
  record Removed(UploadSession session) implements UploadEvent {}

  /** Nobody went on in time. */
  record Expired(UploadSession session) implements UploadEvent {}

  /** The store has lost bytes that it took; the upload was given up. */
  record Lost(UploadSession session) implements UploadEvent {}
}
