package dev.upload.http.body;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the trailer of requests of HTTP/2 that announce one. Micronaut drops every trailer and, as
 * that is the last frame of its stream, never learns that the body has ended: this passes on an
 * empty last piece of the body in its place.
 */
final class TrailerFrames extends Http2FrameListenerDecorator {

  /** Tells the stream of a request that announces a trailer; no client can set it. */
  static final AsciiString STREAM = AsciiString.cached("upload-http2-stream");

  /** What such a request announces: its own header is lost on the way through Netty. */
  static final AsciiString ANNOUNCED = AsciiString.cached("upload-http2-trailer");

  private static final AttributeKey<Map<String, Http2Headers>> TRAILERS =
      AttributeKey.valueOf("upload-http2-trailers");

  private final Http2Connection connection;
  private final Http2Connection.PropertyKey announced;
  private final Map<String, Http2Headers> trailers = new ConcurrentHashMap<>();

  TrailerFrames(Channel channel, Http2Connection connection, Http2FrameListener next) {
    super(next);
    this.connection = connection;
    this.announced = connection.newKey();
    channel.attr(TRAILERS).set(trailers);
    connection.addListener(
        new Http2ConnectionAdapter() {
          @Override
          public void onStreamRemoved(Http2Stream stream) {
            trailers.remove(Integer.toString(stream.id()));
          }
        });
  }

  /** Returns the lines of the field {@code name} of the trailer on {@code stream}. */
  static List<String> lines(Channel channel, @Nullable String stream, String name) {
    Map<String, Http2Headers> kept = channel.attr(TRAILERS).get();
    Http2Headers trailer = kept == null || stream == null ? null : kept.get(stream);
    return trailer == null
        ? List.of()
        : trailer.getAll(AsciiString.of(name).toLowerCase()).stream()
            .map(CharSequence::toString)
            .toList();
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int id, Http2Headers headers, int padding, boolean endOfStream)
      throws Http2Exception {
    if (!endedByTrailer(context, id, headers)) {
      super.onHeadersRead(context, id, headers, padding, endOfStream);
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int id,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endOfStream)
      throws Http2Exception {
    if (!endedByTrailer(context, id, headers)) {
      super.onHeadersRead(
          context, id, headers, dependency, weight, exclusive, padding, endOfStream);
    }
  }

  /** The second headers of a stream are its trailer, and end it. */
  private boolean endedByTrailer(ChannelHandlerContext context, int id, Http2Headers headers)
      throws Http2Exception {
    Http2Stream stream = connection.stream(id);
    Boolean wanted = stream.getProperty(announced);
    if (wanted == null) {
      stream.setProperty(announced, announced(id, headers));
      return false;
    }
    if (wanted) {
      trailers.put(Integer.toString(id), headers);
    }
    onDataRead(context, id, Unpooled.EMPTY_BUFFER, 0, true);
    return true;
  }

  private static boolean announced(int id, Http2Headers headers) {
    CharSequence fields = headers.get(HttpHeaderNames.TRAILER);
    headers.remove(STREAM);
    headers.remove(ANNOUNCED);
    if (fields == null) {
      return false;
    }
    headers.set(STREAM, AsciiString.of(Integer.toString(id)));
    headers.set(ANNOUNCED, fields);
    return true;
  }
}
