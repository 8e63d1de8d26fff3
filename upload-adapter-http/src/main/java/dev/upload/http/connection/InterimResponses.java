package dev.upload.http.connection;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import java.util.Map;

/**
 * Tells the sender of one request something before its answer (RFC 9110, section 15.2), while its
 * body is still on the way or was not even asked for.
 */
public sealed interface InterimResponses permits Http1Interims, Http2Interims, NoInterims {

  /** Tells whether the sender would understand. HTTP/1.0 knows no such thing. */
  boolean possible();

  /**
   * Sends a response, for which it waits no longer than until the connection has it. Several arrive
   * in the order of these calls, and before an answer that is given after them. Nothing is sent
   * where that is not {@linkplain #possible possible}, once the answer has begun, to somebody who
   * does not read what he is told, or who is gone.
   *
   * @param status from 102 to 199; 100 is sent when the body is first read, if the sender waits for
   *     it
   * @throws IllegalArgumentException if the status or a header is none
   */
  void send(int status, Map<String, String> headers);

  /** Returns the way to the sender of {@code request}. */
  static InterimResponses of(HttpRequest<?> request) {
    if (request instanceof NettyHttpRequest<?> netty) {
      Channel channel = netty.getChannelHandlerContext().channel();
      return of(channel, netty.getNativeRequest());
    }
    return NoInterims.INSTANCE;
  }

  private static InterimResponses of(
      Channel channel, io.netty.handler.codec.http.HttpRequest request) {
    ChannelPipeline pipeline = channel.pipeline();
    AnswerTurns turns = pipeline.get(AnswerTurns.class);
    if (turns != null && request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0) {
      return new Http1Interims(channel.eventLoop(), turns, request);
    }
    return pipeline.get(Http2ConnectionHandler.class) == null
        ? NoInterims.INSTANCE
        : new Http2Interims(channel, stream(request.headers()));
  }

  /** What Netty says, unless this is the request of HTTP/1.1 that began the connection. */
  private static int stream(HttpHeaders headers) {
    return headers.contains(HttpHeaderNames.UPGRADE)
        ? 1
        : headers.getInt(ExtensionHeaderNames.STREAM_ID.text(), 1);
  }
}
