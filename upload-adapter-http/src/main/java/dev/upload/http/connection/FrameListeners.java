package dev.upload.http.connection;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2FrameListener;

/** Makes listeners that see the frames of HTTP/2 before Micronaut does. */
public interface FrameListeners {

  /** Returns the listener of a new connection, which passes on to {@code next}. */
  Http2FrameListener forConnection(
      Channel channel, Http2Connection connection, Http2FrameListener next);
}
