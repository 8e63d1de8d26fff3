package dev.upload.app.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The least that a server in Java can do: a thread for each connection, one buffer, one file. */
final class Sink {

  private static final int BUFFER_BYTES = 256 << 10;
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Sink() {}

  /** Takes a directory for one file for each connection; without one the bytes are dropped. */
  public static void main(String[] args) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      System.out.println("Ready at http://127.0.0.1:" + server.socket().getLocalPort() + " after");
      while (true) {
        SocketChannel socket = server.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket, args));
      }
    }
  }

  private static void serve(SocketChannel socket, String[] args) {
    try (socket) {
      if (args.length == 0) {
        drain(socket, ByteBuffer::limit);
        return;
      }
      Path file = Files.createTempFile(Path.of(args[0]), "sink", "");
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
        drain(socket, out::write);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("connection lost: " + e.getMessage());
    }
  }

  /** Where the bytes of bodies go. */
  private interface Destination {
    int write(ByteBuffer bytes) throws IOException;
  }

  private static void drain(SocketChannel socket, Destination destination) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    while (true) {
      long missing = readHead(socket, buffer);
      if (missing < 0) {
        return;
      }
      while (true) {
        missing -= buffer.remaining();
        destination.write(buffer);
        if (missing == 0) {
          break;
        }
        buffer.clear();
        if (socket.read(buffer) < 0) {
          return;
        }
        buffer.flip();
      }
      socket.write(ByteBuffer.wrap(OK));
    }
  }

  /** Leaves what is there of the body in {@code buffer}, and returns its length; -1 at the end. */
  private static long readHead(SocketChannel socket, ByteBuffer buffer) throws IOException {
    buffer.clear();
    while (socket.read(buffer) >= 0) {
      byte[] bytes = new byte[Math.min(buffer.position(), 8 << 10)];
      buffer.get(0, bytes);
      String head = new String(bytes, StandardCharsets.ISO_8859_1);
      int end = head.indexOf("\r\n\r\n");
      if (end >= 0) {
        buffer.flip().position(end + 4);
        int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ") + 16;
        return Long.parseLong(head.substring(at, head.indexOf('\r', at)));
      }
    }
    return -1;
  }
}
