package dev.upload.http.body;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Knows which body a connection of HTTP/1.1 is in, and how much of it is to come. Sits behind the
 * decoder, which passes on every byte of a body as soon as it has it: what has not come by here is
 * still in the socket.
 */
final class SocketBodyWatch extends ChannelInboundHandlerAdapter {

  private @Nullable SocketReads reads;
  private @Nullable SocketBody body;

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    reads = context.channel().attr(SocketBodies.READS).get();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (reads != null) {
      watch(reads, message);
    }
    context.fireChannelRead(message);
  }

  private void watch(SocketReads connection, Object message) {
    if (message instanceof HttpRequest request) {
      body = of(request);
      connection.begin(body);
    } else if (message instanceof HttpContent content && body != null) {
      body.passed(content.content().readableBytes());
    }
    if (message instanceof LastHttpContent && body != null) {
      body = null;
      connection.end();
    }
  }

  private static @Nullable SocketBody of(HttpRequest request) {
    boolean counted =
        !(request instanceof FullHttpRequest)
            && request.decoderResult().isSuccess()
            && !HttpUtil.isTransferEncodingChunked(request);
    long length = counted ? HttpUtil.getContentLength(request, 0L) : 0;
    return length > 0 ? new SocketBody(request, length) : null;
  }
}
