package dev.upload.fs;

import dev.upload.core.model.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * A range of a file, for one thread to read. Closing it closes the file.
 *
 * <p>Who can send a file without a copy through this process takes {@link #file()}, {@link
 * #position()} and {@link #remaining()} instead of reading.
 */
public final class FileRangeChannel implements ReadableByteChannel {

  private final FileChannel file;
  private final long end;
  private long position;

  FileRangeChannel(FileChannel file, ByteRange range) {
    this.file = file;
    this.position = range.start();
    this.end = range.end();
  }

  /** Returns the whole file; its own position means nothing. */
  public FileChannel file() {
    return file;
  }

  /** Returns where in the file the next byte lies. */
  public long position() {
    return position;
  }

  /** Returns how many bytes of the range are left. */
  public long remaining() {
    return end - position;
  }

  /**
   * {@inheritDoc}
   *
   * @throws EOFException if the file has become shorter than the range
   */
  @Override
  public int read(ByteBuffer target) throws IOException {
    if (remaining() == 0) {
      return -1;
    }
    int limit = target.limit();
    target.limit(target.position() + (int) Math.min(target.remaining(), remaining()));
    int read;
    try {
      read = file.read(target, position);
    } finally {
      target.limit(limit);
    }
    if (read < 0) {
      throw new EOFException("the file ends %d bytes early".formatted(remaining()));
    }
    position += read;
    return read;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
