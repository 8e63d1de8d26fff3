package dev.upload.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Sends interim responses over HTTP/1.1, each when it is its request's turn to be answered: clients
 * may send a request before the one ahead of it was answered.
 *
 * <p>They go past Netty's codec. That counts one response for each request, so that it would take
 * the answer for one to the next request, and not send its body if that is a HEAD. The same is done
 * with Micronaut's 100. Used by the event loop only.
 */
final class AnswerTurns extends ChannelDuplexHandler {

  /** A courtesy; whoever wants to say more than this before it is his turn says it in vain. */
  private static final int MAX_WAITING = 16;

  private final Deque<Turn> turns = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;

  private static final class Turn {
    private final HttpRequest request;
    private final Queue<Interim> waiting = new ArrayDeque<>(1);
    private boolean answering;

    Turn(HttpRequest request) {
      this.request = request;
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      turns.add(new Turn(request));
    }
    context.fireChannelRead(message);
  }

  /** Sends {@code interim} before the answer to {@code request}, and not after that has begun. */
  @SuppressWarnings("ReferenceEquality") // two requests may be equal
  void send(HttpRequest request, Interim interim) {
    if (context != null) {
      for (Turn turn : turns) {
        if (turn.request == request && !turn.answering && turn.waiting.size() < MAX_WAITING) {
          turn.waiting.add(interim);
        }
      }
      sendWaiting(context);
    }
  }

  private void sendWaiting(ChannelHandlerContext context) {
    Turn turn = turns.peek();
    if (turn == null || turn.answering || turn.waiting.isEmpty()) {
      return;
    }
    ChannelHandlerContext codec = codec(context);
    for (Interim interim : turn.waiting) {
      if (Interim.isRead(context.channel())) {
        var _ = codec.write(interim.bytes());
      }
    }
    turn.waiting.clear();
    codec.flush();
  }

  /** Returns the context from which what is written is not encoded any more. */
  private static ChannelHandlerContext codec(ChannelHandlerContext context) {
    ChannelHandlerContext codec = context.pipeline().context(HttpServerCodec.class);
    if (codec == null) {
      throw new IllegalStateException("a connection of HTTP/1.1 without its codec");
    }
    return codec;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse response) {
      if (response.status().equals(HttpResponseStatus.CONTINUE)) {
        ReferenceCountUtil.release(message);
        var _ = codec(context).write(Interim.CONTINUE.bytes(), promise);
        return;
      }
      begin(response);
    }
    super.write(context, message, promise);
    if (message instanceof LastHttpContent) {
      turns.poll();
      sendWaiting(context);
    }
  }

  private void begin(HttpResponse response) {
    Turn turn = turns.peek();
    if (turn != null && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      turn.answering = true;
    }
  }
}
