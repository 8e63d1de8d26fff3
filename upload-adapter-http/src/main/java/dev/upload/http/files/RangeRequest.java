package dev.upload.http.files;

import dev.upload.core.model.ByteRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What part of a file a request wants (RFC 9110, section 14). */
sealed interface RangeRequest {

  /** All of it. */
  record Whole() implements RangeRequest {}

  /** These bytes. */
  record Part(ByteRange range) implements RangeRequest {}

  /** Bytes that the file does not have. */
  record Unsatisfiable() implements RangeRequest {}

  Pattern SINGLE = Pattern.compile("bytes=[ \\t]*(?:(\\d{1,19})-(\\d{0,19})|-(\\d{1,19}))[ \\t]*");

  /**
   * Reads a Range header for a file of {@code length} bytes. What is no range of bytes, or asks for
   * several, is ignored, as section 14.2 allows: the whole is answered.
   */
  static RangeRequest parse(String header, long length) {
    Matcher matcher = SINGLE.matcher(header);
    if (!matcher.matches()) {
      return new Whole();
    }
    if (matcher.group(3) != null) {
      return suffix(number(matcher.group(3)), length);
    }
    long first = number(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : number(matcher.group(2));
    if (last < first) {
      return new Whole(); // not a valid range, so it is ignored
    }
    return first >= length
        ? new Unsatisfiable()
        : new Part(new ByteRange(first, Math.min(last, length - 1) + 1));
  }

  private static RangeRequest suffix(long wanted, long length) {
    return wanted == 0 || length == 0
        ? new Unsatisfiable()
        : new Part(new ByteRange(Math.max(0, length - wanted), length));
  }

  /** A number beyond what a long holds is beyond every file, too. */
  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
