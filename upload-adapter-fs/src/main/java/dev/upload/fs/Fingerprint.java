package dev.upload.fs;

import dev.upload.core.model.ByteRange;

/**
 * What the bytes of {@code range} must look like.
 *
 * @param crc32c their CRC-32C as an {@code int}, or what is none, for bytes that nobody has seen
 */
record Fingerprint(ByteRange range, long crc32c) {

  private static final long UNSEEN = 1L << Integer.SIZE;

  /** Stands for the final name of an upload, where nobody waited until that was forced. */
  static final Fingerprint OF_NAME = new Fingerprint(ByteRange.at(0, 0), 0);

  /** Returns the fingerprint of bytes of which only their place is known. */
  static Fingerprint unseen(ByteRange range) {
    return new Fingerprint(range, UNSEEN);
  }

  /** Tells whether bytes can be compared with this. */
  boolean isComparable() {
    return crc32c != UNSEEN;
  }
}
