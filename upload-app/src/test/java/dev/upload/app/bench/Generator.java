package dev.upload.app.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends as fast as a blocking socket takes it, from one buffer outside the heap. */
final class Generator {

  private static final String LENGTH = "content-length: ";

  private final int port;

  Generator(int port) {
    this.port = port;
  }

  /** Returns the seconds that {@code load} took; {@code run} makes its uploads new ones. */
  double send(Workload load, String run) throws InterruptedException, ExecutionException {
    ByteBuffer body = load.body();
    try (ExecutorService senders = Executors.newFixedThreadPool(load.uploads())) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int upload = 0; upload < load.uploads(); upload++) {
        String id = run + "-" + upload;
        tasks.add(() -> upload(load, id, body.duplicate()));
      }
      long start = System.nanoTime();
      for (Future<Integer> sent : senders.invokeAll(tasks)) {
        sent.get();
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private int upload(Workload load, String id, ByteBuffer body) throws IOException {
    byte[] in = new byte[16 << 10];
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (SocketChannel socket = SocketChannel.open(address)) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      for (int number = 1; number <= load.chunks(); number++) {
        ByteBuffer head = load.head(id, number, body.capacity());
        ByteBuffer[] request = {head, body.rewind()};
        while (body.hasRemaining()) {
          socket.write(request);
        }
        requireSuccess(socket, in);
      }
    }
    return load.chunks();
  }

  /** Reads one answer with its body. */
  private static void requireSuccess(SocketChannel socket, byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int headEnd;
    String answer;
    do {
      if (socket.read(in) < 0) {
        throw new IOException("the server closed the connection");
      }
      answer = new String(bytes, 0, in.position(), StandardCharsets.US_ASCII);
      headEnd = answer.indexOf("\r\n\r\n");
    } while (headEnd < 0);
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new IOException("refused: " + answer);
    }
    int end = headEnd + 4 + contentLength(answer.substring(0, headEnd + 2));
    while (in.position() < end) {
      if (socket.read(in) < 0) {
        throw new IOException("the server closed the connection");
      }
    }
  }

  private static int contentLength(String head) {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(LENGTH);
    return Integer.parseInt(lower.substring(at + LENGTH.length(), lower.indexOf('\r', at)).strip());
  }
}
