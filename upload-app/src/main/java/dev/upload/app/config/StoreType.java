package dev.upload.app.config;

/** {@code upload.store.type}: where the bytes go. */
public enum StoreType {
  /** A directory of this machine. */
  FILESYSTEM,
  /** A bucket, which any number of nodes may share. */
  S3
}
