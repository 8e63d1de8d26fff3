package dev.upload.core;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.port.PromptChannel;
import dev.upload.core.port.SocketSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Lets a bounded number of bytes through to a sink, and reports each passage. Passes gathering
 * writes on to a sink that knows them, so that no byte is copied here.
 */
class BoundedChannel implements GatheringByteChannel {

  private final WritableByteChannel sink;
  private final long maxBytes;
  private final Rejection overlong;
  private final Runnable progress;
  private long written;

  private BoundedChannel(
      WritableByteChannel sink, long maxBytes, Rejection overlong, Runnable progress) {
    this.sink = sink;
    this.maxBytes = maxBytes;
    this.overlong = overlong;
    this.progress = progress;
  }

  /** Returns a channel that can do what {@code sink} can. */
  static BoundedChannel to(
      WritableByteChannel sink, long maxBytes, Rejection overlong, Runnable progress) {
    return switch (sink) {
      case SocketSink socketSink -> new OfSocket(socketSink, maxBytes, overlong, progress);
      case PromptChannel prompt -> new Prompt(prompt, maxBytes, overlong, progress);
      default -> new BoundedChannel(sink, maxBytes, overlong, progress);
    };
  }

  private static final class Prompt extends BoundedChannel implements PromptChannel {
    Prompt(PromptChannel sink, long maxBytes, Rejection overlong, Runnable progress) {
      super(sink, maxBytes, overlong, progress);
    }
  }

  private static final class OfSocket extends BoundedChannel implements SocketSink {

    private final SocketSink sink;
    private long lifted;

    OfSocket(SocketSink sink, long maxBytes, Rejection overlong, Runnable progress) {
      super(sink, maxBytes, overlong, progress);
      this.sink = sink;
    }

    /** Asked for more where no room is left, the body is longer than it may be. */
    @Override
    public long lift(int socket, long max) throws IOException {
      requireRoom(Math.min(max, 1));
      lifted = sink.lift(socket, Math.min(max, room()));
      return lifted;
    }

    @Override
    public void lower() throws IOException {
      sink.lower();
      passed(lifted);
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    requireRoom(source.remaining());
    int count = sink.write(source);
    passed(count);
    return count;
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    requireRoom(remaining(sources, offset, length));
    long count;
    if (sink instanceof GatheringByteChannel gathering) {
      count = gathering.write(sources, offset, length);
    } else {
      count = 0;
      for (int i = offset; i < offset + length; i++) {
        while (sources[i].hasRemaining()) {
          count += sink.write(sources[i]);
        }
      }
    }
    passed(count);
    return count;
  }

  @Override
  public long write(ByteBuffer[] sources) throws IOException {
    return write(sources, 0, sources.length);
  }

  private static long remaining(ByteBuffer[] sources, int offset, int length) {
    long remaining = 0;
    for (int i = offset; i < offset + length; i++) {
      remaining += sources[i].remaining();
    }
    return remaining;
  }

  final long room() {
    return maxBytes - written;
  }

  final void requireRoom(long more) {
    if (more > room()) {
      throw new UploadRejectedException(overlong);
    }
  }

  final void passed(long count) {
    written += count;
    progress.run();
  }

  @Override
  public boolean isOpen() {
    return sink.isOpen();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
