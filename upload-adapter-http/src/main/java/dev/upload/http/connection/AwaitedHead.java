package dev.upload.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which the next request's head does not arrive in time, whether nothing
 * comes or one byte now and then: a timeout for silence alone waits for ever for the latter.
 */
final class AwaitedHead extends ChannelDuplexHandler {

  private final long limitNanos;
  private int unanswered;
  private boolean answering;
  private long since;
  private @Nullable Future<?> check;

  AwaitedHead(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    since = System.nanoTime();
    checkIn(context, limitNanos);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (check != null) {
      check.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      unanswered++;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse response) {
      answering = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
    }
    if (message instanceof LastHttpContent && answering) {
      unanswered--;
      since = System.nanoTime();
    }
    super.write(context, message, promise);
  }

  private void checkIn(ChannelHandlerContext context, long nanos) {
    check = context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    long waited = System.nanoTime() - since;
    if (unanswered > 0) {
      checkIn(context, limitNanos);
    } else if (waited >= limitNanos) {
      var _ = context.close();
    } else {
      checkIn(context, limitNanos - waited);
    }
  }
}
