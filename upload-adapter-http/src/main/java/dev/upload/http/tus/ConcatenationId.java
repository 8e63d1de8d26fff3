package dev.upload.http.tus;

import dev.upload.core.model.Concatenation;
import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadMetadata;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes the id of a concatenation from what it is made of: a client that lost the answer and asks
 * again gets the same upload, not another copy. As hard to guess as the ids of its parts.
 */
final class ConcatenationId {

  private ConcatenationId() {}

  static UploadId of(Owner owner, Concatenation concatenation, UploadMetadata metadata) {
    MessageDigest digest = sha256();
    text(digest, owner.name());
    text(digest, metadata.asSent());
    concatenation.parts().forEach(part -> text(digest, part.value()));
    return new UploadId(HexFormat.of().formatHex(digest.digest()));
  }

  /** Its length first, so that no two lists of texts look the same. */
  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
