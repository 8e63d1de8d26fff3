package dev.upload.http;

import io.micronaut.runtime.server.EmbeddedServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** Speaks HTTP/2 frame by frame, without asking first: what no ready client lets one say. */
public final class Http2Client implements AutoCloseable {

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int CANCEL = 8;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private final Socket socket;
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
  private final Map<Integer, Queue<Head>> heads = new HashMap<>();
  private long granted;
  private boolean ended;

  public Http2Client(EmbeddedServer server) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), server.getPort()));
  }

  /** Speaks over a connection that is there. */
  public Http2Client(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(60_000);
    unsent.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** Begins a request, of which more follows. Headers are given as names and values. */
  public Http2Client request(int stream, String method, String path, String... headers)
      throws Http2Exception {
    return headers(stream, END_HEADERS, head(method, path, headers));
  }

  /** Makes a request without a body. */
  public Http2Client whole(int stream, String method, String path, String... headers)
      throws Http2Exception {
    return headers(stream, END_HEADERS | END_STREAM, head(method, path, headers));
  }

  private static Http2Headers head(String method, String path, String... headers) {
    Http2Headers all =
        new DefaultHttp2Headers().method(method).path(path).scheme("http").authority("localhost");
    for (int i = 0; i < headers.length; i += 2) {
      all.add(headers[i], headers[i + 1]);
    }
    return all;
  }

  /** Begins headers of which the end never comes. */
  public Http2Client unfinishedRequest(int stream) throws Http2Exception {
    return headers(stream, 0, new DefaultHttp2Headers().method("GET").path("/files"));
  }

  /** Asks for a sign of life. */
  public Http2Client ping() {
    frame(PING, 0, 0, new byte[8]);
    return this;
  }

  /** Sends a piece of a body. */
  public Http2Client data(int stream, byte[] bytes) {
    frame(DATA, 0, stream, bytes);
    return this;
  }

  /** Ends a request. */
  public Http2Client end(int stream) {
    frame(DATA, END_STREAM, stream, new byte[0]);
    return this;
  }

  /** Sends the last piece of a body. */
  public Http2Client end(int stream, byte[] bytes) {
    frame(DATA, END_STREAM, stream, bytes);
    return this;
  }

  /** Gives a request up, and nothing else of the connection. */
  public Http2Client cancel(int stream) {
    frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    return this;
  }

  /** Says that no request follows those that were begun. */
  public Http2Client goAway() {
    frame(GOAWAY, 0, 0, new byte[8]);
    return this;
  }

  /** Ends a request with a field behind its body. */
  public Http2Client trailer(int stream, String name, String value) throws Http2Exception {
    return headers(
        stream, END_HEADERS | END_STREAM, new DefaultHttp2Headers(false).add(name, value));
  }

  private Http2Client headers(int stream, int flags, Http2Headers headers) throws Http2Exception {
    ByteBuf block = Unpooled.buffer();
    encoder.encodeHeaders(stream, headers, block);
    byte[] bytes = new byte[block.readableBytes()];
    block.readBytes(bytes);
    frame(HEADERS, flags, stream, bytes);
    return this;
  }

  private void frame(int type, int flags, int stream, byte[] payload) {
    ByteBuffer head = ByteBuffer.allocate(9);
    head.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    head.put((byte) type).put((byte) flags).putInt(stream);
    unsent.writeBytes(head.array());
    unsent.writeBytes(payload);
  }

  /** Sends all that was said so far, at once. */
  public Http2Client flush() throws IOException {
    byte[] bytes = unsent.toByteArray();
    unsent.reset();
    socket.getOutputStream().write(bytes); // another thread may speak from here on
    return this;
  }

  /** Returns the next headers of answers on {@code stream}; those of others are kept. */
  public Http2Headers answer(int stream) throws IOException, Http2Exception {
    Queue<Head> own = heads.computeIfAbsent(stream, id -> new ArrayDeque<>());
    while (own.isEmpty()) {
      Frame frame = read();
      if (frame.type == HEADERS) {
        Http2Headers headers =
            decoder.decodeHeaders(frame.stream, Unpooled.wrappedBuffer(frame.payload));
        heads
            .computeIfAbsent(frame.stream, id -> new ArrayDeque<>())
            .add(new Head(headers, frame.endsStream()));
      }
    }
    Head head = own.remove();
    ended = head.last;
    return head.headers;
  }

  private record Head(Http2Headers headers, boolean last) {}

  /** Tells whether nothing follows the headers that were returned last. */
  public boolean ended() {
    return ended;
  }

  /** Returns how many bytes of all bodies were granted so far, beyond what the protocol gives. */
  public long granted() {
    return granted;
  }

  /** Reads all that follows the headers of an answer, which are no more headers. */
  public byte[] body(int stream) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (!ended) {
      Frame frame = read();
      if (frame.stream == stream) {
        if (frame.type != DATA) {
          throw new IOException("a frame of type " + frame.type + " in the body");
        }
        body.writeBytes(frame.payload);
        ended = frame.endsStream();
      }
    }
    return body.toByteArray();
  }

  private Frame read() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    Frame frame = new Frame(type, flags, stream, in.readNBytes(length));
    if (type == WINDOW_UPDATE && stream == 0) {
      granted += ByteBuffer.wrap(frame.payload).getInt();
    }
    return frame;
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares or keeps them
  private record Frame(int type, int flags, int stream, byte[] payload) {
    boolean endsStream() {
      return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }
  }

  /** Waits until the server has closed the connection. */
  public void awaitEnd() throws IOException {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException reset) {
      // that is an end, too
    }
  }

  /** Goes away without a word: the server sees a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    close();
  }

  @Override
  public void close() throws IOException {
    encoder.close();
    socket.close();
  }
}
