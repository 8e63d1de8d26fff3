package dev.upload.http;

import dev.upload.core.model.UploadId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes an id of what is said of an upload: the same for the same, another one for anything else,
 * and nothing of the text is left in it. For one thread.
 */
public final class IdDigest {

  private final MessageDigest digest = sha256();

  /** Adds {@code text}, its length first, so that no two lists of texts look the same. */
  public IdDigest add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
    return this;
  }

  public IdDigest add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
    return this;
  }

  /** Returns the id of all that was added; called once. */
  public UploadId id() {
    return new UploadId(HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
