package dev.upload.app.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Takes one answer after the other from a connection, and insists that each is a success. */
final class Answer {

  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private final ByteBuffer in = ByteBuffer.allocateDirect(16 << 10);

  /** Reads from a blocking socket until an answer is whole. */
  void await(SocketChannel socket) throws IOException {
    boolean whole = false;
    while (!whole) {
      whole = read(socket);
    }
  }

  /** Reads once, and returns whether an answer is whole. */
  boolean read(SocketChannel socket) throws IOException {
    if (socket.read(in) < 0) {
      throw new IOException("the server closed the connection");
    }
    int headEnd = Head.end(in, in.position());
    if (headEnd < 0) {
      return false;
    }
    requireSuccess();
    if (in.position() < headEnd + Head.contentLength(in, headEnd)) {
      return false;
    }
    in.clear();
    return true;
  }

  /** 200 says that a chunk is stored, 201 that a PUT made a file. */
  private void requireSuccess() throws IOException {
    boolean success =
        in.get(STATUS_AT) == '2'
            && in.get(STATUS_AT + 1) == '0'
            && (in.get(STATUS_AT + 2) == '0' || in.get(STATUS_AT + 2) == '1');
    if (!success) {
      throw new IOException("refused: " + StandardCharsets.US_ASCII.decode(in.flip()));
    }
  }
}
