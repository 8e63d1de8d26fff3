package dev.upload.core.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A body for library users. A source that fails ends it early. */
final class InputStreamBody implements ChunkBody {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream source;
  private volatile boolean cut;
  private volatile boolean truncated;

  InputStreamBody(InputStream source) {
    this.source = source;
  }

  @Override
  public long transferTo(WritableByteChannel sink) throws IOException {
    byte[] bytes = new byte[BUFFER_BYTES];
    long total = 0;
    for (int read = next(bytes); read >= 0; read = next(bytes)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, read);
      while (buffer.hasRemaining()) {
        total += sink.write(buffer);
      }
    }
    return total;
  }

  /** Returns −1 at the end, early or not: only the sink may fail a transfer. */
  private int next(byte[] bytes) {
    try {
      if (cut) {
        truncated = true;
        return -1;
      }
      return source.read(bytes);
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
