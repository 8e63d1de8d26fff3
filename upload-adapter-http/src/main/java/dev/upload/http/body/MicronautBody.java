package dev.upload.http.body;

import dev.upload.http.connection.UnreadableBodyException;
import io.micronaut.buffer.netty.NettyReadBufferFactory;
import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpVersion;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.AvailableByteBody;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.stream.BaseStreamingByteBody;
import io.micronaut.http.body.stream.BufferConsumer;
import io.micronaut.http.server.netty.NettyHttpRequest;
import java.util.Optional;

/**
 * Takes the body of a Micronaut request as {@link RequestBytes}.
 *
 * <p>Uses Micronaut's internal {@code BufferConsumer}: against its publisher that saves one hop
 * between threads for every buffer. The body has to be moved, not split: a split body waits for the
 * slower of two readers, and the framework's own half is never read.
 */
public final class MicronautBody {

  /** What Micronaut accepts over HTTP/1.1 before anybody asked for it. */
  private static final int ALLOWED_BY_SERVER = 65_535;

  /** The most bytes that are read of a body that nobody wants, unless more is asked for. */
  private static final long MAX_DRAINED_BYTES = 16L * 1024 * 1024;

  private static final String CLAIMED = MicronautBody.class.getName();

  private MicronautBody() {}

  /** Takes the body of {@code request} over. The caller closes it. */
  public static RequestBytes take(HttpRequest<?> request) {
    RequestBytes bytes = claimed(request).orElseGet(() -> moved(request));
    if (!bytes.isOver()) {
      RunningBodies.of(request).ifPresent(running -> running.add(bytes));
    }
    SocketBodies.offer(request, bytes);
    return bytes;
  }

  /** Keeps what arrives of the body of {@code request} for whoever takes it. */
  static void claim(HttpRequest<?> request) {
    request.setAttribute(CLAIMED, moved(request));
  }

  /** Closes the body of {@code request} if it was claimed, and nobody has taken it. */
  static void abandon(HttpRequest<?> request) {
    claimed(request).ifPresent(RequestBytes::close);
  }

  private static Optional<RequestBytes> claimed(HttpRequest<?> request) {
    return request.removeAttribute(CLAIMED, RequestBytes.class);
  }

  private static RequestBytes moved(HttpRequest<?> request) {
    if (!(request instanceof ServerHttpRequest<?> server)) {
      throw new IllegalStateException(
          "not a request that a server received: " + request.getClass());
    }
    return take(server.byteBody(), request);
  }

  /**
   * Tells whether a request announces a body that is not empty. A body of unknown length counts as
   * one.
   */
  public static boolean announced(HttpRequest<?> request) {
    return request.getHeaders().contains(HttpHeaders.TRANSFER_ENCODING)
        || request.getHeaders().contentLength().orElse(0) > 0;
  }

  /** Reads what is left of the body, {@value #MAX_DRAINED_BYTES} bytes at most. */
  public static void drain(
      HttpRequest<?> request, RequestBytes bytes, MutableHttpResponse<?> response) {
    drain(request, bytes, response, MAX_DRAINED_BYTES);
  }

  /**
   * Reads what is left of the body, {@code max} bytes at most: a client that is still sending may
   * not see {@code response}. Where that was not all, the response says that it is the last one of
   * its connection.
   */
  public static void drain(
      HttpRequest<?> request, RequestBytes bytes, MutableHttpResponse<?> response, long max) {
    if (!drained(request, bytes, max)) {
      response.header(HttpHeaders.CONNECTION, "close");
    }
  }

  /** A client that waits to be asked for its bytes is not asked. */
  private static boolean drained(HttpRequest<?> request, RequestBytes bytes, long max) {
    boolean waitsForUs = request.getHeaders().contains(HttpHeaders.EXPECT) && !bytes.started();
    return !waitsForUs && bytes.drain(max);
  }

  /**
   * Returns what sends the permission that a sender waits for once Micronaut has written it: over
   * HTTP/2 it leaves it in a buffer.
   */
  private static Runnable permission(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> netty
            && request.getHeaders().contains(HttpHeaders.EXPECT)
        ? netty.getChannelHandlerContext().channel()::flush
        : () -> {};
  }

  private static RequestBytes take(ByteBody body, HttpRequest<?> request) {
    CloseableByteBody moved = body.move();
    if (moved instanceof AvailableByteBody available) {
      return all(available.toReadBuffer());
    }
    if (moved instanceof BaseStreamingByteBody<?> streaming) {
      return streamed(streaming, request);
    }
    moved.close();
    throw new IllegalStateException(
        "a kind of body that this version does not know: " + body.getClass());
  }

  private static RequestBytes all(ReadBuffer buffer) {
    RequestBytes bytes = new RequestBytes(new Nobody());
    bytes.arrived(NettyReadBufferFactory.toByteBuf(buffer));
    bytes.ended();
    return bytes;
  }

  private static RequestBytes streamed(BaseStreamingByteBody<?> body, HttpRequest<?> request) {
    Streaming streaming = new Streaming(permission(request), allowedAtStart(request));
    RequestBytes bytes = new RequestBytes(streaming);
    streaming.connect(body, consumer(bytes, request));
    return bytes;
  }

  /** Over HTTP/2 the windows say how far a sender may be ahead. */
  private static long allowedAtStart(HttpRequest<?> request) {
    return isHttp2(request) ? 0 : RequestBytes.WINDOW_BYTES - ALLOWED_BY_SERVER;
  }

  private static boolean isHttp2(HttpRequest<?> request) {
    return request.getHttpVersion() == HttpVersion.HTTP_2_0;
  }

  private static BufferConsumer consumer(RequestBytes bytes, HttpRequest<?> request) {
    Consumer consumer = new Consumer(bytes);
    return request instanceof NettyHttpRequest<?> netty && isHttp2(request)
        ? new GatheredFrames(consumer, netty.getChannelHandlerContext().channel().eventLoop())
        : consumer;
  }

  /** Everything has arrived already. */
  private static final class Nobody implements RequestBytes.Sender {
    @Override
    public void start() {}

    @Override
    public void allow(long bytes) {}

    @Override
    public void discard() {}
  }

  /** Passes on what the event loop brings, and back what the reader asks for. */
  private static final class Streaming implements RequestBytes.Sender {

    private final Runnable permission;
    private final long allowedAtStart;
    private BufferConsumer.Upstream upstream = bytes -> {};

    Streaming(Runnable permission, long allowedAtStart) {
      this.permission = permission;
      this.allowedAtStart = allowedAtStart;
    }

    void connect(BaseStreamingByteBody<?> body, BufferConsumer consumer) {
      upstream = body.primary(consumer);
    }

    @Override
    public void start() {
      upstream.start();
      permission.run();
      upstream.onBytesConsumed(allowedAtStart);
    }

    @Override
    public void allow(long bytes) {
      upstream.onBytesConsumed(bytes);
    }

    @Override
    public void discard() {
      upstream.allowDiscard();
      upstream.disregardBackpressure();
    }
  }

  /** The event loop's side. */
  record Consumer(RequestBytes bytes) implements BufferConsumer {
    @Override
    public void add(ReadBuffer buffer) {
      bytes.arrived(NettyReadBufferFactory.toByteBuf(buffer));
    }

    @Override
    public void complete() {
      bytes.ended();
    }

    @Override
    public void discard() {
      bytes.failed();
    }

    @Override
    public void error(Throwable e) {
      if (e instanceof UnreadableBodyException) {
        bytes.unreadable();
      } else {
        bytes.failed();
      }
    }
  }
}
