package dev.upload.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * Content as the SDK wants it: opened anew for each attempt. Closing ends the last attempt's
 * stream.
 */
final class RepeatableBody implements ContentStreamProvider, AutoCloseable {

  private final Content content;
  private @Nullable InputStream open;

  RepeatableBody(Content content) {
    this.content = content;
  }

  RequestBody asRequestBody() {
    return RequestBody.fromContentProvider(this, content.length(), "application/octet-stream");
  }

  @Override
  public synchronized InputStream newStream() {
    close();
    try {
      InputStream stream = content.open();
      open = stream;
      return stream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    InputStream stream = open;
    open = null;
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
