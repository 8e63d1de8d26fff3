package dev.upload.http.body;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What separates the parts of a form: CRLF, two hyphens and the boundary (RFC 2046, section 5.1.1).
 * Finds itself by skipping (Horspool): the longer the boundary, the fewer bytes are looked at.
 */
final class Delimiter {

  private final byte[] bytes;
  private final int[] skips = new int[256];

  Delimiter(String boundary) {
    bytes = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    Arrays.fill(skips, bytes.length);
    for (int i = 0; i < bytes.length - 1; i++) {
      skips[bytes[i] & 0xff] = bytes.length - 1 - i;
    }
  }

  int length() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Returns where the delimiter begins in {@code text}, counted from its position; −1 if it is not
   * wholly in there.
   */
  int indexIn(ByteBuffer text) {
    int last = bytes.length - 1;
    int start = text.position();
    int end = text.limit();
    int at = start + last;
    while (at < end) {
      byte seen = text.get(at);
      if (seen == bytes[last] && matches(text, at - last)) {
        return at - last - start;
      }
      at += skips[seen & 0xff];
    }
    return -1;
  }

  /**
   * Returns where, in the last bytes of {@code text}, the beginning of a delimiter may be; its
   * limit if nowhere.
   */
  int possibleStartIn(ByteBuffer text) {
    int from = Math.max(text.position(), text.limit() - bytes.length + 1);
    for (int i = from; i < text.limit(); i++) {
      if (text.get(i) == bytes[0]) {
        return i;
      }
    }
    return text.limit();
  }

  private boolean matches(ByteBuffer text, int at) {
    for (int i = bytes.length - 2; i >= 0; i--) {
      if (text.get(at + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
