package dev.upload.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Map;

/** Interim responses to a request of HTTP/2: frames of headers that do not end its stream. */
record Http2Interims(Channel channel, int stream) implements InterimResponses {

  @Override
  public boolean possible() {
    return true;
  }

  @Override
  public void send(int status, Map<String, String> headers) {
    Interim interim = new Interim(status, headers);
    LoopTasks.done(channel.eventLoop(), () -> send(interim));
  }

  private void send(Interim interim) {
    ChannelHandlerContext context = channel.pipeline().context(Http2ConnectionHandler.class);
    if (context != null && context.handler() instanceof Http2ConnectionHandler http2) {
      Http2Stream open = http2.connection().stream(stream);
      if (open != null && mayBeTold(open)) {
        var _ =
            http2
                .encoder()
                .writeHeaders(context, stream, interim.frame(), 0, false, context.newPromise());
        http2.flush(context);
      }
    }
  }

  private boolean mayBeTold(Http2Stream open) {
    return open.state().localSideOpen() && !open.isHeadersSent() && Interim.isRead(channel);
  }
}
