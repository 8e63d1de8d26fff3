package dev.upload.http.connection;

import io.netty.channel.ChannelHandler;

/** Makes handlers that see the messages of HTTP/1.1 before Micronaut does, and answers after it. */
public interface MessageHandlers {

  /** Names the handler in every pipeline. */
  String name();

  /** Returns the handler of a new connection. */
  ChannelHandler forConnection();
}
