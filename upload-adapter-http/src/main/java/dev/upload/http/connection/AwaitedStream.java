package dev.upload.http.connection;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that has been without a request for too long, whatever else it says: a PING
 * is none, nor are headers that do not end. While headers have not ended no other frame may come,
 * so that requests which were there before stand still too, and are cut off as slow ones.
 */
final class AwaitedStream extends Http2ConnectionAdapter {

  private final Channel channel;
  private final Http2Connection connection;
  private final long limitNanos;
  private long since = System.nanoTime();
  private @Nullable Future<?> check;

  AwaitedStream(Channel channel, Http2Connection connection, long limitNanos) {
    this.channel = channel;
    this.connection = connection;
    this.limitNanos = limitNanos;
  }

  void begin() {
    connection.addListener(this);
    checkIn(limitNanos);
    channel.closeFuture().addListener(closed -> checkNoMore());
  }

  private void checkNoMore() {
    if (check != null) {
      check.cancel(false);
    }
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    since = System.nanoTime();
  }

  private void checkIn(long nanos) {
    check = channel.eventLoop().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long waited = System.nanoTime() - since;
    if (connection.numActiveStreams() > 0) {
      checkIn(limitNanos);
    } else if (waited >= limitNanos) {
      var _ = channel.close();
    } else {
      checkIn(limitNanos - waited);
    }
  }
}
