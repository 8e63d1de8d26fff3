package dev.upload.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.function.Consumer;

/**
 * Shows what a sink has taken to {@code digests}. Not prompt: a digest takes longer than a copy.
 */
record DigestingChannel(WritableByteChannel sink, Consumer<ByteBuffer> digests)
    implements WritableByteChannel {

  @Override
  public int write(ByteBuffer source) throws IOException {
    ByteBuffer seen = source.duplicate();
    int count = sink.write(source);
    seen.limit(seen.position() + count);
    digests.accept(seen);
    return count;
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
