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
  public Piece transferTo(WritableByteChannel sink, Bounds bounds) throws IOException {
    return bytes.transferTo(sink, bounds);
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
