package dev.upload.core.model;

import java.util.Arrays;
import java.util.HexFormat;

/** What an algorithm makes of some bytes. Immutable. */
public final class Digest {

  private final DigestAlgorithm algorithm;
  private final byte[] value;

  /**
   * Takes a digest as somebody says it.
   *
   * @throws IllegalArgumentException if the algorithm has digests of another size
   */
  public Digest(DigestAlgorithm algorithm, byte[] value) {
    if (value.length != algorithm.bytes()) {
      throw new IllegalArgumentException(
          "a digest of %s has %d bytes, not %d"
              .formatted(algorithm, algorithm.bytes(), value.length));
    }
    this.algorithm = algorithm;
    this.value = value.clone();
  }

  public DigestAlgorithm algorithm() {
    return algorithm;
  }

  /** Returns a copy. */
  public byte[] value() {
    return value.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest digest
        && algorithm == digest.algorithm
        && Arrays.equals(value, digest.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return algorithm + ":" + HexFormat.of().formatHex(value);
  }
}
