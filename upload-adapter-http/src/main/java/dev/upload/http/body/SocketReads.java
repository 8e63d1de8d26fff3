package dev.upload.http.body;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How one connection is read: as always, but before each read whoever reads the current body may
 * take bytes off the socket by himself.
 *
 * <p>The moment for that is when Netty, told that the socket has something, asks for a buffer to
 * read into. The decoder and the framework have to count the bytes that went past them, so as many
 * others are sent down the pipeline in their stead, which nobody looks at.
 */
final class SocketReads implements RecvByteBufAllocator {

  /** Of less, the way round costs more than the copy. */
  private static final int MIN_MOVED_BYTES = 64 * 1024;

  /** A connection keeps others waiting for no longer than so much takes, a millisecond or two. */
  private static final int MAX_MOVED_BYTES = 4 * 1024 * 1024;

  private static final int STAND_IN_BYTES = 1024 * 1024;

  /** What has come by the time of the read behind a move; usually nothing. */
  private static final int BEHIND_MOVE_BYTES = 2 * 1024;

  /** Until somebody reads the body, no more of it is taken than comes with the head anyway. */
  private static final int UNREAD_BYTES = 32 * 1024;

  private static final ByteBuf STAND_IN =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer(STAND_IN_BYTES).writeZero(STAND_IN_BYTES).asReadOnly());

  private final UnixChannel channel;
  private final RecvByteBufAllocator plain;
  private long missing;
  private volatile @Nullable SocketBody body;

  /**
   * @param plain decides on the buffers of ordinary reads
   */
  SocketReads(UnixChannel channel, RecvByteBufAllocator plain) {
    this.channel = channel;
    this.plain = plain;
  }

  void begin(@Nullable SocketBody next) {
    body = next;
  }

  void end() {
    body = null;
  }

  /** Has {@code bytes} read the body of {@code request}, if that is what the connection is in. */
  void offer(HttpRequest request, RequestBytes bytes) {
    SocketBody current = body;
    if (current != null) {
      current.offer(request, bytes);
    }
  }

  private boolean moved() {
    SocketBody current = body;
    if (current != null && current.left() >= MIN_MOVED_BYTES) {
      missing = moved(current, channel.fd().intValue());
    }
    return missing > 0;
  }

  private boolean isRead() {
    SocketBody current = body;
    return current != null && current.isRead();
  }

  private static long moved(SocketBody body, int socket) {
    long wanted = Math.min(body.left(), MAX_MOVED_BYTES);
    long total = 0;
    long some = body.move(socket, wanted);
    while (some > 0) {
      total += some;
      some = total < wanted ? body.move(socket, wanted - total) : 0;
    }
    return total;
  }

  @Override
  @SuppressWarnings("deprecation") // as the interface has it; Netty asks for an ExtendedHandle
  public Handle newHandle() {
    return new MovingHandle((ExtendedHandle) plain.newHandle());
  }

  /** Returns the first handler of the pipeline. */
  ChannelHandler standIns() {
    return new StandIns();
  }

  private final class StandIns extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      send(context);
      context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      send(context);
      context.fireChannelReadComplete();
    }

    private void send(ChannelHandlerContext context) {
      while (missing > 0) {
        int bytes = (int) Math.min(missing, STAND_IN_BYTES);
        missing -= bytes;
        context.fireChannelRead(STAND_IN.slice(0, bytes));
      }
    }
  }

  private final class MovingHandle extends DelegatingHandle implements ExtendedHandle {

    private final ExtendedHandle plain;

    MovingHandle(ExtendedHandle plain) {
      super(plain);
      this.plain = plain;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      if (moved()) {
        return allocator.ioBuffer(BEHIND_MOVE_BYTES);
      }
      return isRead()
          ? plain.allocate(allocator)
          : allocator.ioBuffer(Math.min(UNREAD_BYTES, plain.guess()));
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
      return plain.continueReading(maybeMoreData);
    }
  }
}
