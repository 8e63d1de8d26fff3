package dev.upload.http.body;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Reads the content of one part after the other, each up to the delimiter behind it, which is taken
 * away with it.
 *
 * <p>The delimiter may be cut anywhere by the borders of buffers: what could be its beginning is
 * kept back until the next buffer shows whether it is.
 */
final class PartContent {

  private final RequestBytes source;
  private final Delimiter delimiter;
  private final byte[] kept;
  private int keptBytes;

  /**
   * Begins before the first part: as if a line had just ended, for a form may begin with its first
   * delimiter.
   */
  PartContent(RequestBytes source, Delimiter delimiter) {
    this.source = source;
    this.delimiter = delimiter;
    this.kept = new byte[2 * delimiter.length()];
    kept[0] = '\r';
    kept[1] = '\n';
    keptBytes = 2;
  }

  /** Tells how a part ended. */
  enum End {
    /** With the delimiter. */
    DELIMITED,
    /** With the bytes of the request. */
    NOTHING_MORE
  }

  /** Writes the content up to the next delimiter into {@code sink}. */
  End transferTo(WritableByteChannel sink) throws IOException {
    while (true) {
      ByteBuf buffer = source.next();
      if (!buffer.isReadable()) {
        return End.NOTHING_MORE;
      }
      boolean delimited = keptBytes > 0 ? joined(buffer, sink) : searched(buffer, sink);
      if (delimited) {
        return End.DELIMITED;
      }
    }
  }

  /** Looks at the border between what was kept and {@code buffer}. */
  private boolean joined(ByteBuf buffer, WritableByteChannel sink) throws IOException {
    int ahead = Math.min(buffer.readableBytes(), delimiter.length() - 1);
    buffer.getBytes(buffer.readerIndex(), kept, keptBytes, ahead);
    ByteBuffer border = ByteBuffer.wrap(kept, 0, keptBytes + ahead);
    int at = delimiter.indexIn(border);
    if (at >= 0) {
      buffer.skipBytes(at + delimiter.length() - keptBytes);
      keptBytes = 0;
      write(border.limit(at), sink);
      return true;
    }
    if (ahead
        == delimiter.length() - 1) { // far enough to see that no delimiter begins in what was kept
      border.limit(keptBytes);
      keptBytes = 0;
      write(border, sink);
      return false;
    }
    buffer.skipBytes(ahead);
    int start = delimiter.possibleStartIn(border);
    int end = border.limit();
    write(border.limit(start), sink);
    System.arraycopy(kept, start, kept, 0, end - start);
    keptBytes = end - start;
    return false;
  }

  private boolean searched(ByteBuf buffer, WritableByteChannel sink) throws IOException {
    ByteBuffer text =
        buffer.nioBuffers()[0]; // the rest has its turn: all of several would be a copy
    int length = text.remaining();
    int at = delimiter.indexIn(text);
    if (at >= 0) {
      write(text.limit(text.position() + at), sink);
      buffer.skipBytes(at + delimiter.length());
      return true;
    }
    int start = delimiter.possibleStartIn(text);
    keptBytes = text.limit() - start;
    text.get(start, kept, 0, keptBytes);
    write(text.limit(start), sink);
    buffer.skipBytes(length);
    return false;
  }

  private static void write(ByteBuffer bytes, WritableByteChannel sink) throws IOException {
    while (bytes.hasRemaining()) {
      sink.write(bytes);
    }
  }
}
