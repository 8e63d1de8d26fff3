package dev.upload.app.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One connection for one request, said byte for byte; it may be cut at any place. */
final class RawClient implements AutoCloseable {

  private final Socket socket;

  RawClient(URI address) throws IOException {
    socket = new Socket(InetAddress.getByName(address.getHost()), address.getPort());
    socket.setSoTimeout(60_000);
  }

  /** Sends the first line, the given headers, and those that every request needs. */
  RawClient head(String line, String headers) throws IOException {
    return send(
        (line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Returns the whole answer, as it came. */
  String answer() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /**
   * Reads the next head, also of an interim response; what came before the end if there is none.
   */
  String nextHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int read = 0;
    while (read >= 0 && !head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      read = socket.getInputStream().read();
      if (read >= 0) {
        head.write(read);
      }
    }
    return head.toString(StandardCharsets.UTF_8);
  }

  /** Goes away without a word: the server sees a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
