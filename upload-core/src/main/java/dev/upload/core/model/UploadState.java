package dev.upload.core.model;

/** Where an upload stands. */
public enum UploadState {
  /** Takes chunks. */
  OPEN,
  /** Every byte is stored; the whole is being made visible, now or by whoever asks next. */
  ASSEMBLING,
  /** The whole is visible under its final name. */
  COMPLETE,
  /** Given up by the client or by time; what it held is being freed. */
  CANCELLED
}
