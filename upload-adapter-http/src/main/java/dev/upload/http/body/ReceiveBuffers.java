package dev.upload.http.body;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets one read of a socket take as much as one window holds.
 *
 * <p>Micronaut reads once for each request for more, and Netty would read 64 KiB at most: four
 * system calls, wake-ups and hand-overs where one does. A connection starts small, and grows to
 * what its sender really offers, so that idle and slow ones hold little.
 *
 * <p>The pooled allocator gives the buffer that was freed last, which is still in the processor's
 * cache; Netty's adaptive one walks through memory.
 */
@Singleton
final class ReceiveBuffers implements BeanCreatedEventListener<NettyHttpServerConfiguration> {

  private static final int SMALLEST_BYTES = 2 * 1024;
  private static final int FIRST_BYTES = 16 * 1024;

  @Override
  @SuppressWarnings("rawtypes") // as the configuration has it
  public NettyHttpServerConfiguration onCreated(
      BeanCreatedEvent<NettyHttpServerConfiguration> event) {
    NettyHttpServerConfiguration configuration = event.getBean();
    Map<ChannelOption, Object> options = new HashMap<>(configuration.getChildOptions());
    options.putIfAbsent(
        ChannelOption.RECVBUF_ALLOCATOR,
        new AdaptiveRecvByteBufAllocator(SMALLEST_BYTES, FIRST_BYTES, RequestBytes.WINDOW_BYTES));
    options.putIfAbsent(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
    configuration.setChildOptions(options);
    return configuration;
  }
}
