package dev.upload.s3;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that nobody else makes and nobody can guess. */
final class Tokens {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 12;

  private Tokens() {}

  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
