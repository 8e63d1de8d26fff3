package dev.upload.app.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** The least that a server in Java can do: a thread for each connection, one buffer, one file. */
final class Sink {

  private static final int BUFFER_BYTES = 256 << 10;
  private static final AtomicLong FILES = new AtomicLong();
  private static final byte[] FIRST_CHUNK =
      "POST /uploads?resumableChunkNumber=1&".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel socket;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer ok = ByteBuffer.allocateDirect(OK.length).put(OK);

  private Sink(SocketChannel socket) {
    this.socket = socket;
  }

  /** Takes a directory for one file for each upload; without one the bytes are dropped. */
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
        new Sink(socket).drain(new Nowhere());
        return;
      }
      try (FilePerUpload files = new FilePerUpload(Path.of(args[0]))) {
        new Sink(socket).drain(files);
      }
    } catch (IOException e) {
      System.err.println("connection lost: " + e.getMessage());
    }
  }

  private void drain(Destination destination) throws IOException {
    long missing = readHead(destination);
    while (missing >= 0) {
      do {
        missing -= buffer.remaining();
        destination.write(buffer);
        buffer.clear();
      } while (missing > 0 && fill());
      socket.write(ok.rewind());
      missing = readHead(destination);
    }
  }

  private boolean fill() throws IOException {
    boolean more = socket.read(buffer) >= 0;
    buffer.flip();
    return more;
  }

  /** Leaves what is there of the body in the buffer, and returns its length; -1 at the end. */
  private long readHead(Destination destination) throws IOException {
    buffer.clear();
    while (socket.read(buffer) >= 0) {
      int end = Head.end(buffer, buffer.position());
      if (end >= 0) {
        if (buffer.slice(0, FIRST_CHUNK.length).equals(ByteBuffer.wrap(FIRST_CHUNK))) {
          destination.begin();
        }
        buffer.flip().position(end);
        return Head.contentLength(buffer, end);
      }
    }
    return -1;
  }

  /** Where the bytes of bodies go. */
  private interface Destination {
    void begin() throws IOException;

    void write(ByteBuffer bytes) throws IOException;
  }

  private static final class Nowhere implements Destination {

    @Override
    public void begin() {}

    @Override
    public void write(ByteBuffer bytes) {}
  }

  private static final class FilePerUpload implements Destination, AutoCloseable {

    private final Path directory;
    private FileChannel file;

    FilePerUpload(Path directory) throws IOException {
      this.directory = directory;
      this.file = open(directory);
    }

    private static FileChannel open(Path directory) throws IOException {
      Path path = directory.resolve(Long.toString(FILES.incrementAndGet()));
      return FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    @Override
    public void begin() throws IOException {
      if (file.position() > 0) {
        file.close();
        file = open(directory);
      }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      file.write(bytes);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
