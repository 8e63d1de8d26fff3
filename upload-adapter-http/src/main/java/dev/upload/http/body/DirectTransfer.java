package dev.upload.http.body;

import dev.upload.core.port.PromptChannel;
import dev.upload.core.port.SocketSink;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A reader's wish that the next bytes go straight to a sink, fulfilled by the thread that brings
 * them. Guarded by the lock of its {@link RequestBytes}.
 */
final class DirectTransfer {

  private final PromptChannel sink;
  private final long max;
  private long enough;
  private long written;
  private @Nullable IOException ioFailure;
  private @Nullable RuntimeException failure;

  DirectTransfer(PromptChannel sink, long max) {
    this.sink = sink;
    this.max = max;
    this.enough = max;
  }

  /**
   * Returns for how long bytes are waited for by the clock of a piece that had {@code taken} before
   * these. Once its time is over, what it lacks is enough.
   */
  long timed(PieceTime time, long taken) {
    long left = time.nanosLeft();
    if (left == 0) {
      enough = Math.min(max, time.lacking(taken));
    }
    return left;
  }

  /**
   * Writes what is wanted of {@code buffer}, moves its reader index, and returns how many bytes
   * that were. What the sink throws is kept for the reader.
   */
  long write(ByteBuf buffer) {
    long before = written;
    try {
      while (!isDone() && buffer.isReadable()) {
        int length = (int) Math.min(max - written, buffer.readableBytes());
        int count = (int) sink.write(buffer.nioBuffers(buffer.readerIndex(), length));
        buffer.skipBytes(count);
        written += count;
      }
    } catch (IOException e) {
      ioFailure = e;
    } catch (RuntimeException e) {
      failure = e;
    }
    return written - before;
  }

  /** Tells whether the sink can take bytes that are still in a socket. */
  boolean takesFromSocket() {
    return sink instanceof SocketSink;
  }

  /**
   * Moves what the socket has now, at most {@code available} bytes, and returns how many have left
   * it. What the sink throws is kept for the reader.
   */
  long move(int socket, long available) {
    long lifted = 0;
    if (sink instanceof SocketSink socketSink && !isDone()) {
      try {
        lifted = socketSink.lift(socket, Math.min(max - written, available));
        socketSink.lower();
        written += lifted;
      } catch (IOException e) {
        ioFailure = e;
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    return lifted;
  }

  /** Tells whether no more bytes are wanted. */
  boolean isDone() {
    return written >= enough || ioFailure != null || failure != null;
  }

  long written() {
    return written;
  }

  /** Throws what the sink threw, if it did. */
  void throwFailure() throws IOException {
    if (ioFailure != null) {
      throw ioFailure;
    }
    if (failure != null) {
      throw failure;
    }
  }
}
