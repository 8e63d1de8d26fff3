package dev.upload.core.model;

/** What somebody may or may not do with an upload. */
public enum UploadAction {
  /** Begin it. */
  CREATE,
  /** Bring bytes, say how long it will be, or put it into a concatenation. */
  WRITE,
  /** Ask how far it is. */
  DESCRIBE,
  /** Have the finished whole. */
  READ,
  /** Give it up, or take the finished whole away. */
  CANCEL
}
