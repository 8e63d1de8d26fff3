package dev.upload.core.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A body for library users. A source that fails ends it early; one that has nothing to read keeps
 * its piece waiting, whatever the time.
 */
final class InputStreamBody implements PiecewiseBody {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream source;
  private volatile boolean cut;
  private volatile boolean truncated;

  InputStreamBody(InputStream source) {
    this.source = source;
  }

  @Override
  public long transferTo(WritableByteChannel sink) throws IOException {
    return transferTo(sink, Bounds.of(Long.MAX_VALUE)).bytes();
  }

  @Override
  public Piece transferTo(WritableByteChannel sink, Bounds bounds) throws IOException {
    long began = System.nanoTime();
    byte[] bytes = new byte[BUFFER_BYTES];
    long total = 0;
    while (total < bounds.least() || (total < bounds.most() && !isOver(bounds, began))) {
      int read = next(bytes, bounds.most() - total);
      if (read < 0) {
        return new Piece(total, true);
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, read);
      while (buffer.hasRemaining()) {
        total += sink.write(buffer);
      }
    }
    return new Piece(total, false);
  }

  private boolean isOver(Bounds bounds, long began) {
    return System.nanoTime() - began >= bounds.time().toNanos();
  }

  /** Returns −1 at the end, early or not: only the sink may fail a transfer. */
  private int next(byte[] bytes, long most) {
    try {
      if (cut) {
        truncated = true;
        return -1;
      }
      return source.read(bytes, 0, (int) Math.min(bytes.length, most));
    } catch (IOException | UncheckedIOException e) {
      truncated = true;
      return -1;
    }
  }

  @Override
  public boolean truncated() {
    return truncated;
  }

  @Override
  public void cut() {
    cut = true;
  }
}
