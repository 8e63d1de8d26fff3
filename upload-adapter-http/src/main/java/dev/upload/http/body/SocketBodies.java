package dev.upload.http.body;

import dev.upload.http.connection.ConnectionSetup;
import dev.upload.http.connection.MessageHandlers;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.AttributeKey;
import jakarta.inject.Singleton;

/**
 * Lets bodies of HTTP/1.1 with a Content-Length go from their socket to their file without passing
 * through this process, where the transport is one of file descriptors and nothing is encrypted.
 */
@Singleton
final class SocketBodies implements ConnectionSetup, MessageHandlers {

  static final AttributeKey<SocketReads> READS = AttributeKey.valueOf(SocketBodies.class, "reads");

  @Override
  public void prepare(Channel channel) {
    if (channel instanceof UnixChannel socket) {
      SocketReads reads = new SocketReads(socket, channel.config().getRecvByteBufAllocator());
      channel.attr(READS).set(reads);
      channel.config().setRecvByteBufAllocator(reads);
      channel.pipeline().addFirst("upload-socket-reads", reads.standIns());
    }
  }

  @Override
  public String name() {
    return "upload-socket-bodies";
  }

  @Override
  public ChannelHandler forConnection() {
    return new SocketBodyWatch();
  }

  /** Has the body of {@code request} read by {@code bytes}, if that is possible. */
  static void offer(HttpRequest<?> request, RequestBytes bytes) {
    if (request instanceof NettyHttpRequest<?> netty) {
      SocketReads reads = netty.getChannelHandlerContext().channel().attr(READS).get();
      if (reads != null) {
        reads.offer(netty.getNativeRequest(), bytes);
      }
    }
  }
}
