package dev.upload.http.resumablejs;

import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes an upload's id from what a client says of its file: the same file finds its upload again,
 * in another browser too, and files that differ in anything said never meet. Nothing of the
 * client's text is left in it.
 */
final class DerivedId {

  private DerivedId() {}

  static UploadId of(Owner owner, ChunkRequest request) {
    MessageDigest digest = sha256();
    text(digest, owner.name());
    text(digest, request.identifier());
    number(digest, request.totalSize());
    number(digest, request.chunkSize());
    text(digest, request.metadata().filename().orElse(""));
    text(digest, request.metadata().relativePath().orElse(""));
    return new UploadId(HexFormat.of().formatHex(digest.digest()));
  }

  /** Its length first, so that no two lists of texts look the same. */
  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(digest, bytes.length);
    digest.update(bytes);
  }

  private static void number(MessageDigest digest, long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
