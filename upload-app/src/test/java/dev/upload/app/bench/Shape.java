package dev.upload.app.bench;

/**
 * Uploads of one size that are sent at once, each cut into equal chunks.
 *
 * @param chunks of each upload
 */
record Shape(int uploads, int chunks, long chunkBytes) {

  static final long MIB = 1 << 20;
  static final long GIB = 1 << 30;

  /** One or more uploads of {@code uploadBytes} in chunks of {@code chunkBytes}. */
  static Shape of(int uploads, long uploadBytes, long chunkBytes) {
    return new Shape(uploads, Math.toIntExact(uploadBytes / chunkBytes), chunkBytes);
  }

  long uploadBytes() {
    return chunks * chunkBytes;
  }

  long bytes() {
    return uploads * uploadBytes();
  }
}
