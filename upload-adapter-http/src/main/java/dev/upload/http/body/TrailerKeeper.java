package dev.upload.http.body;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the trailer of requests of HTTP/1.1 that announce one: Micronaut, which comes behind this
 * handler, drops it. Requests without are passed on as they are.
 */
final class TrailerKeeper extends ChannelInboundHandlerAdapter {

  private @Nullable TrailingRequest current;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Object passedOn = message;
    if (message instanceof HttpRequest request && !(message instanceof FullHttpRequest)) {
      current = announcesTrailer(request) ? new TrailingRequest(request) : null;
      passedOn = current == null ? message : current;
    } else if (message instanceof LastHttpContent end && current != null) {
      current.trailer(end.trailingHeaders());
      current = null;
    }
    context.fireChannelRead(passedOn);
  }

  private static boolean announcesTrailer(HttpRequest request) {
    return request.decoderResult().isSuccess()
        && request.headers().contains(HttpHeaderNames.TRAILER);
  }
}
