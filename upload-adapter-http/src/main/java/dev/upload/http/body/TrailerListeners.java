package dev.upload.http.body;

import dev.upload.http.connection.FrameListeners;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2FrameListener;
import jakarta.inject.Singleton;

/** Has every connection of HTTP/2 keep trailers. */
@Singleton
final class TrailerListeners implements FrameListeners {

  @Override
  public Http2FrameListener forConnection(
      Channel channel, Http2Connection connection, Http2FrameListener next) {
    return new TrailerFrames(channel, connection, next);
  }
}
