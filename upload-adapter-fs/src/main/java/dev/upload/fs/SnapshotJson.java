package dev.upload.fs;

import dev.upload.core.model.SessionSnapshot;

/**
 * Writes a snapshot as the JSON object of strings that it is; SQLite's {@code json_each} reads it.
 */
final class SnapshotJson {

  private static final int USUAL_CHARS = 512;

  private SnapshotJson() {}

  static String of(SessionSnapshot snapshot) {
    StringBuilder json = new StringBuilder(USUAL_CHARS);
    char separator = '{';
    for (var entry : snapshot.entries().entrySet()) {
      json.append(separator);
      appendText(json, entry.getKey());
      json.append(':');
      appendText(json, entry.getValue());
      separator = ',';
    }
    return json.append('}').toString();
  }

  /** RFC 8259, section 7: quotation mark, reverse solidus and control characters are escaped. */
  private static void appendText(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
