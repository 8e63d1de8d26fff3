package dev.upload.http.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A secret as the configuration has it: as it is, as {@code sha256:} and 64 hexadecimal digits, or
 * as a bcrypt hash ({@code $2y$…}). How long a comparison takes tells nothing of it.
 */
sealed interface Secret {

  /** Tells whether {@code offered} is the secret. */
  boolean matches(String offered);

  /** Tells whether that takes so long that it is worth remembering. */
  boolean slow();

  /** A secret of which the digest is known, in hexadecimal digits. */
  record Digested(String sha256) implements Secret {
    @Override
    public boolean matches(String offered) {
      return MessageDigest.isEqual(ascii(sha256), ascii(digest(offered)));
    }

    @Override
    public boolean slow() {
      return false;
    }
  }

  /** A password hash that is costly on purpose. */
  record Bcrypt(String hash) implements Secret {

    /** Beyond these bytes the hash sees nothing. */
    private static final int MAX_BYTES = 72;

    @Override
    public boolean matches(String offered) {
      byte[] bytes = offered.getBytes(StandardCharsets.UTF_8);
      return bytes.length <= MAX_BYTES
          && BCrypt.verifyer().verify(bytes, hash.getBytes(StandardCharsets.UTF_8)).verified;
    }

    @Override
    public boolean slow() {
      return true;
    }
  }

  /**
   * Reads what stands in the configuration.
   *
   * @throws IllegalArgumentException if it looks like a hash and is none
   */
  static Secret of(String configured) {
    if (configured.startsWith("sha256:")) {
      String sha256 = configured.substring("sha256:".length()).toLowerCase(Locale.ROOT);
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("a SHA-256 digest has 64 hexadecimal digits");
      }
      return new Digested(sha256);
    }
    if (configured.startsWith("$")) {
      if (!configured.matches("\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}")) {
        throw new IllegalArgumentException("of password hashes only bcrypt's are known");
      }
      return new Bcrypt(configured);
    }
    if (configured.isEmpty()) {
      throw new IllegalArgumentException("it is empty");
    }
    return new Digested(digest(configured));
  }

  private static byte[] ascii(String digits) {
    return digits.getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the SHA-256 digest of a text, in hexadecimal digits. */
  static String digest(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
