package dev.upload.http.body;

import io.micronaut.buffer.netty.NettyReadBufferFactory;
import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.http.body.stream.BufferConsumer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what one look at a connection brings of a body, so that it is written at once: a frame of
 * HTTP/2 has 16 KiB. For the event loop.
 */
final class GatheredFrames implements BufferConsumer {

  static final int ENOUGH_BYTES = 128 * 1024;
  private static final int MAX_BUFFERS = 64;

  private final BufferConsumer next;
  private final EventLoop loop;
  private @Nullable CompositeByteBuf held;

  /**
   * @param next takes what was gathered, and is told how it ends
   */
  GatheredFrames(BufferConsumer next, EventLoop loop) {
    this.next = next;
    this.loop = loop;
  }

  @Override
  public void add(ReadBuffer buffer) {
    ByteBuf more = NettyReadBufferFactory.toByteBuf(buffer);
    CompositeByteBuf all = held == null ? begun(more) : held;
    all.addComponent(true, more);
    if (all.readableBytes() >= ENOUGH_BYTES || all.numComponents() == MAX_BUFFERS) {
      pass();
    }
  }

  private CompositeByteBuf begun(ByteBuf first) {
    CompositeByteBuf all = first.alloc().compositeBuffer(MAX_BUFFERS);
    held = all;
    loop.execute(this::pass); // behind everything that is read now
    return all;
  }

  private void pass() {
    CompositeByteBuf all = held;
    if (all != null) {
      held = null;
      next.add(NettyReadBufferFactory.of(all.alloc()).adapt(all));
    }
  }

  @Override
  public void complete() {
    pass();
    next.complete();
  }

  @Override
  public void discard() {
    pass();
    next.discard();
  }

  @Override
  public void error(Throwable e) {
    pass();
    next.error(e);
  }
}
