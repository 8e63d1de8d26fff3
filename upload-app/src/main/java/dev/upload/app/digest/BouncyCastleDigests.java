package dev.upload.app.digest;

import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.port.ResumableDigest;
import dev.upload.core.port.ResumableDigests;
import java.util.Set;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/** SHA-256 and SHA-512 by Bouncy Castle: those of the JDK cannot be written down. */
public final class BouncyCastleDigests implements ResumableDigests {

  @Override
  public Set<DigestAlgorithm> algorithms() {
    return Set.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA512);
  }

  @Override
  public ResumableDigest begin(DigestAlgorithm algorithm) {
    return switch (algorithm) {
      case SHA256 -> new EncodedDigest<>(algorithm, new SHA256Digest());
      case SHA512 -> new EncodedDigest<>(algorithm, new SHA512Digest());
      case MD5, SHA1, SHA384, CRC32, CRC32C -> throw unknown(algorithm);
    };
  }

  @Override
  public ResumableDigest resume(DigestAlgorithm algorithm, byte[] state) {
    try {
      return switch (algorithm) {
        case SHA256 -> new EncodedDigest<>(algorithm, new SHA256Digest(state));
        case SHA512 -> new EncodedDigest<>(algorithm, new SHA512Digest(state));
        case MD5, SHA1, SHA384, CRC32, CRC32C -> throw unknown(algorithm);
      };
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("no state of a digest by " + algorithm, e);
    }
  }

  private static IllegalArgumentException unknown(DigestAlgorithm algorithm) {
    return new IllegalArgumentException("digests by %s are not kept".formatted(algorithm));
  }
}
