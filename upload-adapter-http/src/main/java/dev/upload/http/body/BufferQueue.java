package dev.upload.http.body;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Buffers in the order in which they came, which it owns. For one thread at a time. */
final class BufferQueue {

  private static final int MAX_GATHERED = 64;
  private static final int CRUMBS_BYTES = 8 * 1024;
  private static final int FEW = 16;

  private final Deque<ByteBuf> buffers = new ArrayDeque<>();

  /** The last buffer, if it is our own: crumbs are copied into it. */
  private @Nullable ByteBuf crumbs;

  /**
   * Takes {@code buffer} over. Small ones behind many others are copied together: whoever sends a
   * byte at a time would else keep a hundred times as much memory busy, and the buffers that his
   * bytes were read into.
   */
  void add(ByteBuf buffer) {
    if (buffers.size() < FEW || buffer.readableBytes() >= CRUMBS_BYTES) {
      crumbs = null;
      buffers.add(buffer);
      return;
    }
    ByteBuf last = crumbs;
    if (last == null || last.maxWritableBytes() < buffer.readableBytes()) {
      last = buffer.alloc().buffer(buffer.readableBytes(), CRUMBS_BYTES);
      crumbs = last;
      buffers.add(last);
    }
    last.writeBytes(buffer);
    buffer.release();
  }

  /** Tells whether there is no buffer, not even one that was read to its end. */
  boolean isEmpty() {
    return buffers.isEmpty();
  }

  /** Returns how many bytes are left to read. */
  long readableBytes() {
    long bytes = 0;
    for (ByteBuf buffer : buffers) {
      bytes += buffer.readableBytes();
    }
    return bytes;
  }

  /** Frees what was read, and returns the next buffer, or one that is not readable. */
  ByteBuf first() {
    ByteBuf head = buffers.peek();
    while (head != null && !head.isReadable()) {
      buffers.remove().release();
      crumbs = buffers.isEmpty() ? null : crumbs;
      head = buffers.peek();
    }
    return head == null ? Unpooled.EMPTY_BUFFER : head;
  }

  /** Writes at most {@code max} bytes with one call, and returns how many the sink took. */
  long writeTo(WritableByteChannel sink, long max) throws IOException {
    ByteBuffer[] gathered = gather(max);
    long written =
        sink instanceof GatheringByteChannel gathering
            ? gathering.write(gathered)
            : sink.write(gathered[0]);
    skip(written);
    return written;
  }

  /** Frees everything. */
  void free() {
    buffers.forEach(ByteBuf::release);
    buffers.clear();
    crumbs = null;
  }

  private ByteBuffer[] gather(long max) {
    Deque<ByteBuffer> views = new ArrayDeque<>(Math.min(buffers.size(), MAX_GATHERED));
    long left = max;
    for (ByteBuf buffer : buffers) {
      if (left == 0 || views.size() >= MAX_GATHERED) {
        break;
      }
      int length = (int) Math.min(left, buffer.readableBytes());
      for (ByteBuffer view : buffer.nioBuffers(buffer.readerIndex(), length)) {
        views.add(view);
      }
      left -= length;
    }
    return views.toArray(ByteBuffer[]::new);
  }

  private void skip(long bytes) {
    long left = bytes;
    for (ByteBuf buffer : buffers) {
      int step = (int) Math.min(left, buffer.readableBytes());
      buffer.skipBytes(step);
      left -= step;
      if (left == 0) {
        return;
      }
    }
  }
}
