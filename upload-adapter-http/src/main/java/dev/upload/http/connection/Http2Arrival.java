package dev.upload.http.connection;

import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import java.util.function.Consumer;

/**
 * Waits, on a connection without TLS, until it is clear what it speaks, and sees to it that no
 * frame of HTTP/2 is read before {@code whenHttp2} was called: bytes behind the preface are held
 * until that was understood.
 */
final class Http2Arrival extends ChannelInboundHandlerAdapter {

  private static final int PREFACE_BYTES = 24;

  private final Consumer<Http2ConnectionHandler> whenHttp2;
  private int seen;
  private boolean settled;

  Http2Arrival(Consumer<Http2ConnectionHandler> whenHttp2) {
    this.whenHttp2 = whenHttp2;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes && seen < PREFACE_BYTES) {
      int first = Math.min(PREFACE_BYTES - seen, bytes.readableBytes());
      seen += first;
      if (bytes.readableBytes() > first) {
        context.fireChannelRead(bytes.readRetainedSlice(first));
        settle(context);
      }
    }
    context.fireChannelRead(message);
    settle(context);
  }

  private void settle(ChannelHandlerContext context) {
    ChannelPipeline pipeline = context.pipeline();
    Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
    boolean http1 = pipeline.get(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND) != null;
    if (settled || (http2 == null && !http1)) {
      return;
    }
    settled = true;
    pipeline.remove(this);
    if (http2 != null) {
      whenHttp2.accept(http2);
    }
  }
}
