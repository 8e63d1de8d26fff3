package dev.upload.s3;

import dev.upload.core.model.ByteRange;

/**
 * A stored piece smaller than a part: an object of its own that is never written again.
 *
 * @param token makes the object's name unique, so that writing a range again cannot touch it
 */
record Fragment(ByteRange range, String token, Crc32c checksum) {

  private static final String KEY = "f";

  static boolean isKey(String key) {
    return key.startsWith(KEY);
  }

  String key() {
    return KEY + range.start() + "-" + range.end();
  }

  String value() {
    return token + " " + checksum.hex();
  }

  /** Reads what {@link #key()} and {@link #value()} wrote. */
  static Fragment of(String key, String value) {
    String[] bounds = key.substring(KEY.length()).split("-", 2);
    String[] words = value.split(" ", 2);
    ByteRange range = new ByteRange(Long.parseLong(bounds[0]), Long.parseLong(bounds[1]));
    return new Fragment(range, words[0], Crc32c.ofHex(words[1], range.length()));
  }
}
