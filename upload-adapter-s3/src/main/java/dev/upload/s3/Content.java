package dev.upload.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Bytes for one request that can be read again: the SDK repeats a request that failed, and a source
 * that is read only once would hide the store's 503 behind an error of its own.
 */
interface Content {

  Crc32c checksum();

  /** Returns the digest that signatures are made of, if it is known without reading the bytes. */
  default Optional<String> sha256() {
    return Optional.empty();
  }

  /** Opens the bytes from the first on. */
  InputStream open() throws IOException;

  default long length() {
    return checksum().length();
  }

  /** Returns content that is in memory already. */
  static Content of(byte[] bytes) {
    return new Bytes(bytes, Crc32c.of(bytes));
  }

  /** A few bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] bytes, Crc32c checksum) implements Content {
    @Override
    public InputStream open() {
      return new java.io.ByteArrayInputStream(bytes);
    }
  }
}
