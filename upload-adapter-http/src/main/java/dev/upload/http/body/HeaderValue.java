package dev.upload.http.body;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A header's value with parameters, such as {@code form-data; name="a"} (RFC 9110, section 5.6.6).
 *
 * @param value before the first semicolon, in lower case
 * @param parameters by names in lower case; of two with one name the first counts
 */
public record HeaderValue(String value, Map<String, String> parameters) {

  /**
   * Reads a value.
   *
   * <p>A backslash escapes only a quote or a backslash that is followed by more: old browsers send
   * Windows paths as they are.
   *
   * @throws UploadRejectedException if a quoted text does not end
   */
  public static HeaderValue parse(String text) {
    int semicolon = text.indexOf(';');
    String value =
        (semicolon < 0 ? text : text.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
    Map<String, String> parameters = new LinkedHashMap<>();
    int at = semicolon < 0 ? text.length() : semicolon + 1;
    while (at < text.length()) {
      int equals = text.indexOf('=', at);
      int next = text.indexOf(';', at);
      if (equals < 0 || (next >= 0 && next < equals)) { // a name without a value
        at = next < 0 ? text.length() : next + 1;
        continue;
      }
      String name = text.substring(at, equals).trim().toLowerCase(Locale.ROOT);
      StringBuilder parameter = new StringBuilder();
      at = readValue(text, equals + 1, parameter);
      parameters.putIfAbsent(name, parameter.toString());
    }
    return new HeaderValue(value, parameters);
  }

  /** Returns where the next parameter begins. */
  private static int readValue(String text, int from, StringBuilder into) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '"') {
      at = readQuoted(text, at + 1, into);
      int semicolon = text.indexOf(';', at);
      return semicolon < 0 ? text.length() : semicolon + 1;
    }
    int semicolon = text.indexOf(';', at);
    int end = semicolon < 0 ? text.length() : semicolon;
    into.append(text.substring(at, end).trim());
    return Math.min(text.length(), end + 1);
  }

  /** Returns the place after the closing quote. */
  private static int readQuoted(String text, int from, StringBuilder into) {
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return at + 1;
      }
      if (c == '\\'
          && at + 2 < text.length()
          && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\')) {
        at++;
        into.append(text.charAt(at));
      } else {
        into.append(c);
      }
    }
    throw new UploadRejectedException(
        new Rejection.Malformed("header", "a quoted text does not end"));
  }
}
