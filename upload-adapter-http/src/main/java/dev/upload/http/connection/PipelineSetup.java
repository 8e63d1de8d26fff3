package dev.upload.http.connection;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Puts all {@link MessageHandlers} and {@link FrameListeners} in front of Micronaut on every
 * connection.
 */
@Singleton
final class PipelineSetup implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  private final List<MessageHandlers> handlers;
  private final List<FrameListeners> listeners;
  private final List<ConnectionSetup> setups;
  private final BoundedCodec codec;
  private final HeadTimeout timeout;

  PipelineSetup(
      List<MessageHandlers> handlers,
      List<FrameListeners> listeners,
      List<ConnectionSetup> setups,
      BoundedCodec codec,
      HeadTimeout timeout) {
    this.handlers = List.copyOf(handlers);
    this.listeners = List.copyOf(listeners);
    this.setups = List.copyOf(setups);
    this.codec = codec;
    this.timeout = timeout;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new OnServer());
    return event.getBean();
  }

  private final class OnServer implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      return role == ChannelRole.LISTENER ? this : new OnConnection(channel);
    }
  }

  private final class OnConnection implements NettyServerCustomizer {

    private final Channel channel;

    OnConnection(Channel channel) {
      this.channel = channel;
    }

    /** With TLS the protocol is known by now; without, its first bytes tell. */
    @Override
    public void onInitialPipelineBuilt() {
      ChannelPipeline pipeline = channel.pipeline();
      if (pipeline.get(SslHandler.class) == null) {
        setups.forEach(one -> one.prepare(channel));
      }
      if (pipeline.get(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC) != null) {
        String name = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
        pipeline.replace(name, name, codec.forConnection());
      }
      ChannelHandlerContext negotiation =
          pipeline.context(CleartextHttp2ServerUpgradeHandler.class);
      Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
      if (negotiation != null) {
        pipeline.addBefore(
            negotiation.name(),
            "upload-http2-arrival",
            new Http2Arrival(timeout.headTimeout().toNanos(), this::listen));
      } else if (http2 != null) {
        listen(http2);
      }
    }

    private void listen(Http2ConnectionHandler http2) {
      http2.setCumulator(new FrameRemains());
      Http2ConnectionDecoder decoder = http2.decoder();
      for (FrameListeners one : listeners) {
        decoder.frameListener(
            one.forConnection(channel, http2.connection(), decoder.frameListener()));
      }
    }

    /** Called for HTTP/1.1 only, unless each stream of HTTP/2 has a pipeline of its own. */
    @Override
    public void onStreamPipelineBuilt() {
      ChannelPipeline pipeline = channel.pipeline();
      if (pipeline.get(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND) != null) {
        for (MessageHandlers one : handlers) {
          pipeline.addBefore(
              ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, one.name(), one.forConnection());
        }
      }
    }
  }
}
