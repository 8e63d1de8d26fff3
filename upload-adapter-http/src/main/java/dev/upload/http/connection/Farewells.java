package dev.upload.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import jakarta.inject.Singleton;

/**
 * Lets clients finish what they have begun on a connection of HTTP/2 on which they will begin
 * nothing more (GOAWAY; RFC 9113, section 6.8). Micronaut takes every such frame for the end of all
 * requests, though only one with an error says that.
 */
@Singleton
final class Farewells implements FrameListeners {

  @Override
  public Http2FrameListener forConnection(
      Channel channel, Http2Connection connection, Http2FrameListener next) {
    return new Farewell(next);
  }

  private static final class Farewell extends Http2FrameListenerDecorator {

    Farewell(Http2FrameListener next) {
      super(next);
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext context, int last, long error, ByteBuf reason)
        throws Http2Exception {
      if (error != Http2Error.NO_ERROR.code()) {
        super.onGoAwayRead(context, last, error, reason);
      }
    }
  }
}
