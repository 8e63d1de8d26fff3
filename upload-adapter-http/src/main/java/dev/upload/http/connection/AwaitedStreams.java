package dev.upload.http.connection;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2FrameListener;
import jakarta.inject.Singleton;

/** Has every connection of HTTP/2 end on which no request arrives in time. */
@Singleton
final class AwaitedStreams implements FrameListeners {

  private final long nanos;

  AwaitedStreams(HeadTimeout timeout) {
    this.nanos = timeout.headTimeout().toNanos();
  }

  @Override
  public Http2FrameListener forConnection(
      Channel channel, Http2Connection connection, Http2FrameListener next) {
    new AwaitedStream(channel, connection, nanos).begin();
    return next;
  }
}
