package dev.upload.core.model;

/**
 * Names one upload, in every protocol and store.
 *
 * <p>Safe as a URL segment, a file name on case-insensitive file systems and an object key: 8 to 64
 * lower-case letters, digits and hyphens, starting with a letter or digit.
 */
public record UploadId(String value) {

  /** The most characters, each one byte, that an id has. */
  public static final int MAX_CHARS = 64;

  private static final int MIN_CHARS = 8;

  public UploadId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("an upload id is 8 to 64 of 0-9, a-z and -");
    }
  }

  /** Returns the id that {@code text} spells, as a client sent it. */
  public static UploadId parse(String text) {
    if (!isWellFormed(text)) {
      throw new UploadRejectedException(new Rejection.UnknownUpload());
    }
    return new UploadId(text);
  }

  /** Tells whether {@code text} spells an id. */
  public static boolean isWellFormed(String text) {
    if (text.length() < MIN_CHARS || text.length() > MAX_CHARS || text.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'z') && c != '-') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
