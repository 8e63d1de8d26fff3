package dev.upload.app.hostile;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One connection of a client that means harm. */
final class Stranger implements AutoCloseable {

  private static final int LIMIT_MILLIS = 60_000;
  private static final int RECEIVE_BUFFER_BYTES = 4096;

  private final Socket socket;

  Stranger(URI address) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES); // what is not read stays with the server
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), LIMIT_MILLIS);
    socket.setSoTimeout(LIMIT_MILLIS);
  }

  /** Says it, or as much of it as the server wants to hear before it hangs up. */
  Stranger say(String text) throws IOException {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketException hungUp) {
      // the answer, if there is one, tells
    }
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

  /** Takes a byte, if one is there. */
  void sip() throws IOException {
    if (socket.getInputStream().available() > 0) {
      int _ = socket.getInputStream().read();
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
