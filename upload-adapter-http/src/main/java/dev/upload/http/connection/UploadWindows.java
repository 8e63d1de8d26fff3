package dev.upload.http.connection;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Stream;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets clients of HTTP/2 send ahead (RFC 9113, section 5.2). The protocol begins with a window of
 * 64 KiB for all that a connection uploads, so that whoever is 50 ms away sends a megabyte a second
 * at most.
 *
 * <p>What is sent ahead is memory until it is taken, so all windows together are bounded. A
 * connection gets its share with its first request that has a body, and keeps it until it ends: a
 * window that was told cannot be taken back.
 */
@Singleton
final class UploadWindows implements FrameListeners {

  private static final int CONNECTIONS_AT_FULL_WIDTH = 32;

  /** Of what is left: the share of those who come late is small, but never nothing. */
  private static final int LATE_SHARE = 8;

  /** A half, as is usual, would let a sender use half of its window only. */
  private static final float RENEWED_BELOW = 0.85f;

  private final long widest;
  private final AtomicLong left;

  UploadWindows(WindowMemory memory) {
    this.widest = memory.windowMemory() / CONNECTIONS_AT_FULL_WIDTH;
    this.left = new AtomicLong(memory.windowMemory());
  }

  @Override
  public Http2FrameListener forConnection(
      Channel channel, Http2Connection connection, Http2FrameListener next) {
    if (connection.local().flowController() instanceof DefaultHttp2LocalFlowController flow) {
      flow.windowUpdateRatio(RENEWED_BELOW);
      connection.addListener(new Window(channel, connection.connectionStream(), flow));
    }
    return next;
  }

  private int take() {
    long before = left.getAndUpdate(now -> now - share(now));
    return (int) share(before);
  }

  private long share(long ofLeft) {
    return Math.min(widest, ofLeft / LATE_SHARE);
  }

  /** The window of one connection. For its event loop. */
  private final class Window extends Http2ConnectionAdapter {

    private final Channel channel;
    private final Http2Stream all;
    private final DefaultHttp2LocalFlowController flow;
    private boolean opened;

    Window(Channel channel, Http2Stream all, DefaultHttp2LocalFlowController flow) {
      this.channel = channel;
      this.all = all;
      this.flow = flow;
    }

    @Override
    public void onStreamActive(Http2Stream stream) {
      if (!opened && stream.state().remoteSideOpen()) {
        opened = true;
        open();
      }
    }

    private void open() {
      int share = take();
      channel.closeFuture().addListener(closed -> left.addAndGet(share));
      try {
        flow.windowUpdateRatio(all, RENEWED_BELOW);
        flow.incrementWindowSize(all, share);
      } catch (Http2Exception e) {
        throw new IllegalStateException("a window of less than 2 GiB was refused", e);
      }
    }
  }
}
