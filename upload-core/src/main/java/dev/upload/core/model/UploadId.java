package dev.upload.core.model;

import java.util.regex.Pattern;

/**
 * Names one upload, in every protocol and store.
 *
 * <p>Safe as a URL segment, a file name on case-insensitive file systems and an object key: 8 to 64
 * lower-case letters, digits and hyphens, starting with a letter or digit.
 */
public record UploadId(String value) {

  /** The most characters, each one byte, that an id has. */
  public static final int MAX_CHARS = 64;

  private static final Pattern FORM = Pattern.compile("[0-9a-z][0-9a-z-]{7,63}");

  public UploadId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("an upload id is 8 to 64 of 0-9, a-z and -");
    }
  }

  /** Returns the id that {@code text} spells, as a client sent it. */
  public static UploadId parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new UploadRejectedException(new Rejection.UnknownUpload());
    }
    return new UploadId(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
