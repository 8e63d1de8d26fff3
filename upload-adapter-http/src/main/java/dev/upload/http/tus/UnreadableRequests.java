package dev.upload.http.tus;

import dev.upload.http.connection.MessageHandlers;
import dev.upload.http.files.FilesConfiguration;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Puts the version also on answers to requests that cannot be read, which Micronaut gives without
 * asking any filter: a broken header, a broken URL.
 */
@Singleton
final class UnreadableRequests implements MessageHandlers {

  private final String path;

  UnreadableRequests(FilesConfiguration files) {
    this.path = files.path();
  }

  @Override
  public String name() {
    return "upload-tus-version";
  }

  @Override
  public ChannelHandler forConnection() {
    return new OnConnection(path);
  }

  /** Answers come in the order of their requests. */
  private static final class OnConnection extends ChannelDuplexHandler {

    private final String path;
    private final Deque<Boolean> unanswered = new ArrayDeque<>();

    OnConnection(String path) {
      this.path = path;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        unanswered.add(isBelow(request.uri()));
      }
      context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      if (message instanceof HttpResponse response
          && response.status().codeClass() != HttpStatusClass.INFORMATIONAL
          && Boolean.TRUE.equals(unanswered.poll())) {
        response.headers().set(Tus.RESUMABLE, Tus.VERSION);
      }
      super.write(context, message, promise);
    }

    private boolean isBelow(String uri) {
      return uri.startsWith(path)
          && (uri.length() == path.length() || "/?".indexOf(uri.charAt(path.length())) >= 0);
    }
  }
}
