package dev.upload.http.connection;

import io.netty.channel.Channel;

/** Sees every connection without TLS before its first byte is read. */
public interface ConnectionSetup {

  /** Prepares {@code channel}. Called by its event loop. */
  void prepare(Channel channel);
}
