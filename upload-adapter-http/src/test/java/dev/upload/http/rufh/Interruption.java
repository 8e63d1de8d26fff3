package dev.upload.http.rufh;

/** Where a request over HTTP/1.1 that is to bring "hello world" breaks off, behind its head. */
enum Interruption {
  BEFORE_THE_FIRST_BYTE(Framing.LENGTH, "", 0),
  IN_THE_BODY(Framing.LENGTH, "hello", 5),
  BEFORE_THE_LAST_BYTE(Framing.LENGTH, "hello worl", 10),
  BEFORE_THE_FIRST_CHUNK(Framing.CHUNKS, "", 0),
  IN_THE_SIZE_OF_A_CHUNK(Framing.CHUNKS, "5\r\nhello\r\n6", 5),
  BEHIND_THE_SIZE_OF_A_CHUNK(Framing.CHUNKS, "5\r\nhello\r\n6\r\n", 5),
  IN_A_CHUNK(Framing.CHUNKS, "5\r\nhello\r\n6\r\n wo", 8),
  BEHIND_THE_BYTES_OF_A_CHUNK(Framing.CHUNKS, "5\r\nhello", 5),
  BEFORE_THE_LAST_CHUNK(Framing.CHUNKS, "5\r\nhello\r\n6\r\n world\r\n", 11),
  IN_THE_LAST_CHUNK(Framing.CHUNKS, "5\r\nhello\r\n6\r\n world\r\n0\r\n", 11);

  private final String framing;
  private final String sent;
  private final int arrived;

  Interruption(String framing, String sent, int arrived) {
    this.framing = framing;
    this.sent = sent;
    this.arrived = arrived;
  }

  /** How the end of a body is told. */
  private static final class Framing {
    static final String LENGTH = "Content-Length: 11";
    static final String CHUNKS = "Transfer-Encoding: chunked";
  }

  /** Returns the line of the head that says how the end of the body will be told. */
  String framing() {
    return framing;
  }

  /** Returns what is sent of the body before it breaks off. */
  byte[] sent() {
    return RufhClient.bytes(sent);
  }

  /** Returns how many bytes of the upload that brings. */
  int arrived() {
    return arrived;
  }
}
