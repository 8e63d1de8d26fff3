package dev.upload.app.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Finds its way in the head of a request or an answer without making strings of it. */
final class Head {

  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int LOWER_CASE = 0x20;

  private Head() {}

  /** Returns where the body begins, or -1 while the head is not whole. */
  static int end(ByteBuffer bytes, int limit) {
    for (int i = 3; i < limit; i++) {
      if (bytes.get(i) == '\n' && bytes.get(i - 1) == '\r' && bytes.get(i - 2) == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  /** Returns the length that the head gives for its body; 0 if it gives none. */
  static long contentLength(ByteBuffer bytes, int headEnd) {
    for (int i = 0; i + LENGTH.length < headEnd; i++) {
      if (bytes.get(i) == '\n' && isLength(bytes, i + 1)) {
        return number(bytes, i + 1 + LENGTH.length);
      }
    }
    return 0;
  }

  private static boolean isLength(ByteBuffer bytes, int at) {
    for (int i = 0; i < LENGTH.length; i++) {
      byte found = bytes.get(at + i);
      if (found != LENGTH[i] && (found | LOWER_CASE) != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  private static long number(ByteBuffer bytes, int at) {
    int i = at;
    while (bytes.get(i) == ' ') {
      i++;
    }
    long number = 0;
    for (; bytes.get(i) >= '0' && bytes.get(i) <= '9'; i++) {
      number = number * 10 + bytes.get(i) - '0';
    }
    return number;
  }
}
