package dev.upload.http.connection;

import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits, on a connection without TLS, until it is clear what it speaks, though not for ever, and
 * sees to it that no frame of HTTP/2 is read before {@code whenHttp2} was called: bytes behind the
 * preface are held until that was understood.
 */
final class Http2Arrival extends ChannelInboundHandlerAdapter {

  private static final int PREFACE_BYTES = 24;

  private final long limitNanos;
  private final Consumer<Http2ConnectionHandler> whenHttp2;
  private int seen;
  private boolean settled;
  private @Nullable Future<?> end;

  /**
   * @param limitNanos after which a connection is closed whose first request or frame has not come
   */
  Http2Arrival(long limitNanos, Consumer<Http2ConnectionHandler> whenHttp2) {
    this.limitNanos = limitNanos;
    this.whenHttp2 = whenHttp2;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    end = context.executor().schedule(() -> close(context), limitNanos, TimeUnit.NANOSECONDS);
  }

  private static void close(ChannelHandlerContext context) {
    var _ = context.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (end != null) {
      end.cancel(false);
    }
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
