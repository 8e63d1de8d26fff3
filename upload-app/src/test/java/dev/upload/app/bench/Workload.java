package dev.upload.app.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Uploads that are sent at once, each over a connection of its own, chunk after chunk.
 *
 * @param form whether a chunk is a part of a form or the whole body
 * @param chunks of each upload
 */
record Workload(boolean form, int chunkMebibytes, int uploads, int chunks) {

  private static final String BOUNDARY = "----bench0123456789";
  private static final String DISPOSITION =
      """
      Content-Disposition: form-data; name="file"; filename="blob"\r
      Content-Type: application/octet-stream\r
      \r
      """;

  String name() {
    return "%s, %d MiB chunks, %d at once"
        .formatted(form ? "form" : "octet", chunkMebibytes, uploads);
  }

  int chunkBytes() {
    return chunkMebibytes << 20;
  }

  double gibibytes() {
    return (double) uploads * chunks * chunkMebibytes / 1024;
  }

  /** Returns the body of every chunk, ready to be written. */
  ByteBuffer body() {
    byte[] start = form ? text("--" + BOUNDARY + "\r\n" + DISPOSITION) : new byte[0];
    byte[] end = form ? text("\r\n--" + BOUNDARY + "--\r\n") : new byte[0];
    ByteBuffer body = ByteBuffer.allocateDirect(start.length + chunkBytes() + end.length);
    body.put(start);
    for (int i = 0; i < chunkBytes(); i++) {
      body.put((byte) (i * 31 + (i >>> 8)));
    }
    return body.put(end).flip();
  }

  /**
   * Returns the head of a request.
   *
   * @param upload differs in every upload of a run
   * @param number of the chunk, from 1
   */
  ByteBuffer head(String upload, int number, int bodyBytes) {
    long length = (long) chunks * chunkBytes();
    String type = form ? "multipart/form-data; boundary=" + BOUNDARY : "application/octet-stream";
    return ByteBuffer.wrap(
        text(
            """
            POST /uploads?resumableChunkNumber=%d&resumableTotalChunks=%d&resumableChunkSize=%d\
            &resumableCurrentChunkSize=%d&resumableTotalSize=%d&resumableType=&resumableIdentifier=%s\
            &resumableFilename=%s&resumableRelativePath=%s HTTP/1.1\r
            Host: localhost\r
            Content-Type: %s\r
            Content-Length: %d\r
            \r
            """
                .formatted(
                    number,
                    chunks,
                    chunkBytes(),
                    chunkBytes(),
                    length,
                    upload,
                    upload,
                    upload,
                    type,
                    bodyBytes)));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
