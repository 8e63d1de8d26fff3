package dev.upload.app.bench;

import java.nio.charset.StandardCharsets;

/** How a chunk is spelled on the wire: what is sent before its bytes and after them. */
enum Dialect {
  /** Resumable.js with the chunk as the whole body. */
  OCTET {
    @Override
    byte[] before(Shape shape, String upload, int number) {
      return text(post(shape, upload, number, "application/octet-stream", shape.chunkBytes()));
    }
  },
  /** Resumable.js with the chunk as a part of a form. */
  FORM {
    @Override
    byte[] before(Shape shape, String upload, int number) {
      long length = PART.length() + shape.chunkBytes() + after().length;
      String type = "multipart/form-data; boundary=" + BOUNDARY;
      return text(post(shape, upload, number, type, length) + PART);
    }

    @Override
    byte[] after() {
      return text("\r\n--" + BOUNDARY + "--\r\n");
    }
  },
  /** A file for each chunk, as WebDAV takes it. */
  PUT {
    @Override
    byte[] before(Shape shape, String upload, int number) {
      return text(
          """
          PUT /%s-%d HTTP/1.1\r
          Host: localhost\r
          Content-Length: %d\r
          \r
          """
              .formatted(upload, number, shape.chunkBytes()));
    }
  };

  private static final String BOUNDARY = "----bench0123456789";
  private static final String PART =
      "--"
          + BOUNDARY
          + """
          \r
          Content-Disposition: form-data; name="file"; filename="blob"\r
          Content-Type: application/octet-stream\r
          \r
          """;

  /**
   * Returns the head of the request, with what comes before the bytes of the chunk.
   *
   * @param upload its name, another one for every upload of a run
   * @param number of the chunk, from 1
   */
  abstract byte[] before(Shape shape, String upload, int number);

  byte[] after() {
    return new byte[0];
  }

  private static String post(Shape shape, String upload, int number, String type, long length) {
    return """
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
            shape.chunks(),
            shape.chunkBytes(),
            shape.chunkBytes(),
            shape.uploadBytes(),
            upload,
            upload,
            upload,
            type,
            length);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
