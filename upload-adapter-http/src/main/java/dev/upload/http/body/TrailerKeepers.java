package dev.upload.http.body;

import dev.upload.http.connection.MessageHandlers;
import io.netty.channel.ChannelHandler;
import jakarta.inject.Singleton;

/** Has every connection keep trailers. */
@Singleton
final class TrailerKeepers implements MessageHandlers {

  @Override
  public String name() {
    return "upload-trailers";
  }

  @Override
  public ChannelHandler forConnection() {
    return new TrailerKeeper();
  }
}
