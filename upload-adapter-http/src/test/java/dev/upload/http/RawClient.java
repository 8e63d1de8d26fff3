package dev.upload.http;

import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that says exactly what it is told, and can go away in the middle of it. */
public final class RawClient implements AutoCloseable {

  private final Socket socket;

  public RawClient(EmbeddedServer server) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), server.getPort()));
  }

  /** Speaks over a connection that is there. */
  public RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(60_000);
  }

  /** Sends {@code lines} and the empty line behind them. */
  public RawClient head(String... lines) throws IOException {
    return send(
        (String.join("\r\n", lines) + "\r\nHost: localhost\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes); // it may be closed by another thread from here on
    return this;
  }

  /** Sends from a thread of its own. */
  public void sendUnchecked(byte[] bytes) {
    try {
      send(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("sending", e);
    }
  }

  /** Reads one answer with a Content-Length, or without a body. */
  public String answer() throws IOException {
    String head = readHead();
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length: ");
    if (at < 0) {
      return head;
    }
    int length = Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at)).trim());
    return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
  }

  private String readHead() throws IOException {
    return readTo("\r\n\r\n");
  }

  /** Reads until {@code end} has come, or the connection ends. */
  public String readTo(String end) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (!text.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
      int b = in.read();
      if (b < 0) {
        return text.toString(StandardCharsets.ISO_8859_1);
      }
      text.write(b);
    }
    return text.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads {@code count} bytes of an answer. */
  public byte[] read(int count) throws IOException {
    return socket.getInputStream().readNBytes(count);
  }

  /** Says that nothing follows, and still listens: the server sees an end. */
  public void end() throws IOException {
    socket.shutdownOutput();
  }

  /** Goes away without a word: the server sees a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
