package dev.upload.http.connection;

import io.netty.channel.ChannelHandler;
import jakarta.inject.Singleton;

/** Has every connection end with a message that cannot be read. */
@Singleton
final class BrokenMessageHandlers implements MessageHandlers {

  @Override
  public String name() {
    return "upload-broken-messages";
  }

  @Override
  public ChannelHandler forConnection() {
    return new BrokenMessages();
  }
}
