package dev.upload.http.connection;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import jakarta.inject.Singleton;
import java.util.List;

/** Puts the handlers of all {@link MessageHandlers} in front of Micronaut on every connection. */
@Singleton
final class PipelineSetup implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  private final List<MessageHandlers> handlers;

  PipelineSetup(List<MessageHandlers> handlers) {
    this.handlers = List.copyOf(handlers);
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new OnServer(handlers));
    return event.getBean();
  }

  private record OnServer(List<MessageHandlers> handlers) implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      return role == ChannelRole.LISTENER ? this : new OnConnection(channel, handlers);
    }
  }

  private record OnConnection(Channel channel, List<MessageHandlers> handlers)
      implements NettyServerCustomizer {
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
