package dev.upload.fs;

import dev.upload.core.model.ByteRange;

/** What the bytes of {@code range} must look like: their CRC-32C. */
record Fingerprint(ByteRange range, int crc32c) {

  /** Stands for the final name of an upload, where nobody waited until that was forced. */
  static final Fingerprint OF_NAME = new Fingerprint(ByteRange.at(0, 0), 0);
}
