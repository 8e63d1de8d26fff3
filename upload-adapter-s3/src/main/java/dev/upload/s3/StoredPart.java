package dev.upload.s3;

/** A part of the multipart upload as the store took it: complete with exactly this ETag. */
record StoredPart(int number, String etag, Crc32c checksum) {

  private static final String KEY = "p";
  private static final int DIGITS = 5;

  static boolean isKey(String key) {
    return key.length() == KEY.length() + DIGITS && key.startsWith(KEY);
  }

  static String key(int number) {
    return KEY + "%05d".formatted(number);
  }

  String key() {
    return key(number);
  }

  String value() {
    return checksum.length() + " " + checksum.hex() + " " + etag;
  }

  /** Reads what {@link #key()} and {@link #value()} wrote. */
  static StoredPart of(String key, String value) {
    String[] words = value.split(" ", 3);
    return new StoredPart(
        Integer.parseInt(key.substring(KEY.length())),
        words[2],
        Crc32c.ofHex(words[1], Long.parseLong(words[0])));
  }
}
