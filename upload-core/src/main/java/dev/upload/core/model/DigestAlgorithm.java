package dev.upload.core.model;

/** How digests are made; every one is to be had on every Java. */
public enum DigestAlgorithm {
  MD5(16),
  SHA1(20),
  SHA256(32),
  SHA384(48),
  SHA512(64),
  /** The checksum of zlib and Ethernet, most significant byte first. */
  CRC32(4),
  /** Castagnoli's, which processors compute by themselves, most significant byte first. */
  CRC32C(4);

  private final int bytes;

  DigestAlgorithm(int bytes) {
    this.bytes = bytes;
  }

  /** Returns how many bytes a digest has. */
  public int bytes() {
    return bytes;
  }
}
