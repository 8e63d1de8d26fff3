package dev.upload.app.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection that sends one request over and over, with a new number in its name each time. */
final class Lane implements AutoCloseable {

  /** Stands in the request where the number of the upload goes. */
  static final String COUNTER = "00000000";

  private final SocketChannel socket;
  private final ByteBuffer request;
  private final List<Integer> counters;
  private final Answer answer = new Answer();

  private Lane(SocketChannel socket, ByteBuffer request, List<Integer> counters) {
    this.socket = socket;
    this.request = request;
    this.counters = counters;
  }

  static Lane open(int port, Selector selector, byte[] before, int dataBytes) throws IOException {
    ByteBuffer request = ByteBuffer.allocateDirect(before.length + dataBytes);
    request.put(before).put(Connection.block(dataBytes));
    SocketChannel socket = Connection.socket(port);
    socket.configureBlocking(false);
    Lane lane = new Lane(socket, request, counters(before));
    socket.register(selector, SelectionKey.OP_READ, lane);
    return lane;
  }

  private static List<Integer> counters(byte[] before) {
    String text = new String(before, StandardCharsets.US_ASCII);
    List<Integer> places = new ArrayList<>();
    for (int at = text.indexOf(COUNTER); at >= 0; at = text.indexOf(COUNTER, at + 1)) {
      places.add(at);
    }
    return places;
  }

  void send(int upload) throws IOException {
    for (int place : counters) {
      int rest = upload;
      for (int i = place + COUNTER.length() - 1; i >= place; i--) {
        request.put(i, (byte) ('0' + rest % 10));
        rest /= 10;
      }
    }
    request.rewind();
    socket.write(request);
    if (request.hasRemaining()) {
      throw new IOException("the socket does not take a whole upload at once");
    }
  }

  /** Reads what is there, and returns whether the upload is acknowledged. */
  boolean answered() throws IOException {
    return answer.read(socket);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
