package dev.upload.app.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Sends chunk after chunk as fast as a blocking socket takes them. */
final class Connection implements AutoCloseable {

  /** So large that the sender is seldom woken: that costs more than what misses its cache. */
  private static final int BLOCK_BYTES = 8 << 20;

  private static final ByteBuffer BLOCK = block(BLOCK_BYTES);

  private final SocketChannel socket;
  private final ByteBuffer block = BLOCK.duplicate();
  private final Answer answer = new Answer();

  private Connection(SocketChannel socket) {
    this.socket = socket;
  }

  static Connection to(int port) throws IOException {
    return new Connection(socket(port));
  }

  static SocketChannel socket(int port) throws IOException {
    SocketChannel socket =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return socket;
  }

  /** Returns bytes with every value among them, line ends and dashes too. */
  static ByteBuffer block(int size) {
    ByteBuffer block = ByteBuffer.allocateDirect(size);
    for (int i = 0; i < size; i++) {
      block.put((byte) (i * 31 + (i >>> 8)));
    }
    return block.flip();
  }

  /** Sends a chunk of {@code dataBytes} and waits until it is acknowledged. */
  void send(byte[] before, long dataBytes, byte[] after) throws IOException {
    ByteBuffer[] request = {ByteBuffer.wrap(before), block, ByteBuffer.wrap(after)};
    long missing = dataBytes;
    while (missing > 0) {
      block.rewind().limit((int) Math.min(missing, BLOCK_BYTES));
      missing -= block.remaining();
      int buffers = missing == 0 ? 3 : 2;
      while (request[buffers - 1].hasRemaining() || block.hasRemaining()) {
        socket.write(request, 0, buffers);
      }
    }
    answer.await(socket);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
