package dev.upload.http.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Counts what passes. */
final class CountingSink implements WritableByteChannel {

  private final WritableByteChannel sink;
  private long count;

  CountingSink(WritableByteChannel sink) {
    this.sink = sink;
  }

  long count() {
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int written = sink.write(source);
    count += written;
    return written;
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
