package dev.upload.core;

import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** A digest while its bytes come by. For one thread at a time. */
public sealed interface DigestCalculation {

  /** Takes what remains in {@code bytes}, which is read to its end. */
  void update(ByteBuffer bytes);

  /** Returns the digest of all that came; called once. */
  Digest digest();

  /** Begins to calculate. */
  static DigestCalculation of(DigestAlgorithm algorithm) {
    return switch (algorithm) {
      case MD5 -> messageDigest(algorithm, "MD5");
      case SHA1 -> messageDigest(algorithm, "SHA-1");
      case SHA256 -> messageDigest(algorithm, "SHA-256");
      case SHA384 -> messageDigest(algorithm, "SHA-384");
      case SHA512 -> messageDigest(algorithm, "SHA-512");
      case CRC32 -> new OfChecksum(algorithm, new CRC32());
      case CRC32C -> new OfChecksum(algorithm, new CRC32C());
    };
  }

  private static DigestCalculation messageDigest(DigestAlgorithm algorithm, String name) {
    try {
      return new OfMessageDigest(algorithm, MessageDigest.getInstance(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }

  /** A cryptographic digest. */
  record OfMessageDigest(DigestAlgorithm algorithm, MessageDigest state)
      implements DigestCalculation {
    @Override
    public void update(ByteBuffer bytes) {
      state.update(bytes);
    }

    @Override
    public Digest digest() {
      return new Digest(algorithm, state.digest());
    }
  }

  /** A checksum of 32 bits. */
  record OfChecksum(DigestAlgorithm algorithm, Checksum state) implements DigestCalculation {
    @Override
    public void update(ByteBuffer bytes) {
      state.update(bytes);
    }

    @Override
    public Digest digest() {
      return new Digest(
          algorithm, ByteBuffer.allocate(Integer.BYTES).putInt((int) state.getValue()).array());
    }
  }
}
