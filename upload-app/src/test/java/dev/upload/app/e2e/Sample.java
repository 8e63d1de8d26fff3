package dev.upload.app.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/**
 * A file of random bytes, cut as Resumable.js does: the last chunk takes what remains.
 *
 * @param start tells files apart: where in the random bytes this one begins
 */
public record Sample(String name, int start, int length, int chunkSize) {

  public static final int MIB = 1 << 20;

  private static final byte[] RANDOM = new byte[112 * MIB];

  static {
    new Random(20_260_101).nextBytes(RANDOM);
  }

  public int chunks() {
    return Math.max(1, length / chunkSize);
  }

  /** Returns the bytes of a chunk; {@code number} is from 1. */
  public byte[] chunk(int number) {
    int from = start + (number - 1) * chunkSize;
    int to = number == chunks() ? start + length : from + chunkSize;
    return Arrays.copyOfRange(RANDOM, from, to);
  }

  /** Returns all of its bytes. */
  byte[] all() {
    return Arrays.copyOfRange(RANDOM, start, start + length);
  }

  public String identifier() {
    return length + "-" + start;
  }

  public String sha256() {
    MessageDigest digest = newSha256();
    digest.update(RANDOM, start, length);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Writes it into {@code directory} under its name. */
  public Path writeTo(Path directory) throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(RANDOM, start, length);
    }
    return file;
  }

  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
