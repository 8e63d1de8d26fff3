package dev.upload.http.connection;

import io.netty.channel.ChannelHandler;
import jakarta.inject.Singleton;

/** Has every connection end on which no request arrives in time. */
@Singleton
final class AwaitedHeads implements MessageHandlers {

  private final long nanos;

  AwaitedHeads(HeadTimeout timeout) {
    this.nanos = timeout.headTimeout().toNanos();
  }

  @Override
  public String name() {
    return "upload-awaited-heads";
  }

  @Override
  public ChannelHandler forConnection() {
    return new AwaitedHead(nanos);
  }
}
