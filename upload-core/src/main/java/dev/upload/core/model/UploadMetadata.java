package dev.upload.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the client says of its file, exactly as it said it: untrusted text, never a path.
 *
 * <p>At most {@value #MAX_CHARS} characters in all. Keeps the order in which entries came.
 *
 * @param asSent the text that the entries were read from, for protocols that want it back; empty if
 *     nobody will
 */
public record UploadMetadata(Map<String, String> entries, String asSent) {

  public static final UploadMetadata NONE = new UploadMetadata(Map.of());

  /** The name of the file. */
  public static final String FILENAME = "filename";

  /** The media type as the client guesses it. */
  public static final String CONTENT_TYPE = "filetype";

  /** The codings of the bytes, such as {@code gzip}, if they are coded. */
  public static final String CONTENT_CODINGS = "contentEncoding";

  /** The path within a chosen folder, with {@code /}, name included. */
  public static final String RELATIVE_PATH = "relativePath";

  /** The most characters that keys and values may have together. */
  public static final int MAX_CHARS = 32_768;

  public UploadMetadata {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    long chars =
        entries.entrySet().stream()
            .mapToLong(e -> e.getKey().length() + e.getValue().length())
            .sum();
    chars = Math.max(chars, asSent.length());
    if (chars > MAX_CHARS) {
      throw new UploadRejectedException(new Rejection.TooLarge("metadata", MAX_CHARS, chars));
    }
  }

  /** Takes entries of which nobody will want the text back. */
  public UploadMetadata(Map<String, String> entries) {
    this(entries, "");
  }

  public Optional<String> filename() {
    return nonEmpty(FILENAME);
  }

  public Optional<String> contentType() {
    return nonEmpty(CONTENT_TYPE);
  }

  public Optional<String> contentCodings() {
    return nonEmpty(CONTENT_CODINGS);
  }

  public Optional<String> relativePath() {
    return nonEmpty(RELATIVE_PATH);
  }

  private Optional<String> nonEmpty(String key) {
    return Optional.ofNullable(entries.get(key)).filter(value -> !value.isEmpty());
  }
}
