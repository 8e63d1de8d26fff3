package dev.upload.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Bytes of an object as they arrive. Closing early gives the connection up instead of reading on;
 * once all bytes were read it goes back to the pool.
 */
final class ObjectChannel implements ReadableByteChannel {

  private final ResponseInputStream<GetObjectResponse> stream;
  private final ReadableByteChannel channel;
  private long remaining;

  ObjectChannel(ResponseInputStream<GetObjectResponse> stream) {
    this.stream = stream;
    channel = Channels.newChannel(stream);
    remaining = stream.response().contentLength();
  }

  static ReadableByteChannel empty() {
    return Channels.newChannel(new ByteArrayInputStream(new byte[0]));
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = channel.read(target);
    remaining = count < 0 ? 0 : remaining - count;
    return count;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    if (remaining > 0) {
      stream.abort();
    }
    channel.close();
  }
}
