package dev.upload.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A body that is written in blocks as large as a socket takes them at once. */
final class LargeBody extends AbstractHttpEntity {

  private static final int BLOCK_BYTES = 128 * 1024;

  private final ContentStreamProvider body;
  private final long length;

  LargeBody(ContentStreamProvider body, long length) {
    super((String) null, null);
    this.body = body;
    this.length = length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    byte[] block = new byte[(int) Math.min(BLOCK_BYTES, length)];
    try (InputStream in = body.newStream()) {
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        out.write(block, 0, count);
      }
    }
  }

  @Override
  public InputStream getContent() {
    return body.newStream();
  }

  @Override
  public long getContentLength() {
    return length;
  }

  /** The SDK repeats requests, and opens the body anew for that; whoever sends one does not. */
  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public void close() {}
}
