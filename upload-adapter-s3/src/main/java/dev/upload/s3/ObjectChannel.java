package dev.upload.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Bytes of an object as they arrive. Closing early gives the connection up instead of reading on.
 */
final class ObjectChannel implements ReadableByteChannel {

  private final ResponseInputStream<GetObjectResponse> stream;
  private final ReadableByteChannel channel;
  private boolean ended;

  ObjectChannel(ResponseInputStream<GetObjectResponse> stream) {
    this.stream = stream;
    channel = Channels.newChannel(stream);
  }

  static ReadableByteChannel empty() {
    return Channels.newChannel(new ByteArrayInputStream(new byte[0]));
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = channel.read(target);
    ended = count < 0;
    return count;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      stream.abort();
    }
    channel.close();
  }
}
