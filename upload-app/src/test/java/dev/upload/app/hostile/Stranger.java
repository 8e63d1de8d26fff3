package dev.upload.app.hostile;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One connection of a client that means harm. */
final class Stranger implements AutoCloseable {

  private static final int LIMIT_MILLIS = 60_000;

  private final Socket socket;

  Stranger(URI address) throws IOException {
    socket = new Socket(InetAddress.getByName(address.getHost()), address.getPort());
    socket.setSoTimeout(LIMIT_MILLIS);
  }

  Stranger say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Returns the status of the answer, or 0 if the connection ends without one. */
  int status() throws IOException {
    try {
      byte[] line = socket.getInputStream().readNBytes(12);
      return line.length < 12
          ? 0
          : Integer.parseInt(new String(line, StandardCharsets.ISO_8859_1).substring(9));
    } catch (SocketException reset) {
      return 0;
    }
  }

  /** Waits until the server has closed the connection. */
  void awaitEnd() throws IOException {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException reset) {
      // that is an end, too
    }
  }

  /** Goes away without a word. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
