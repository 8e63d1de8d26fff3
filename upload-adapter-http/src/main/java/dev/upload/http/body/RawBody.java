package dev.upload.http.body;

import dev.upload.core.port.PiecewiseBody;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** A request's body taken as it is. */
public record RawBody(RequestBytes bytes) implements PiecewiseBody {

  @Override
  public long transferTo(WritableByteChannel sink) throws IOException {
    return bytes.transferTo(sink, Long.MAX_VALUE);
  }

  @Override
  public long transferTo(WritableByteChannel sink, long max) throws IOException {
    return bytes.transferTo(sink, max);
  }

  @Override
  public boolean truncated() {
    return bytes.truncated();
  }

  @Override
  public void cut() {
    bytes.cut();
  }
}
