package dev.upload.http.body;

import dev.upload.core.port.ChunkBody;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** A request's body taken as it is. */
public record RawBody(RequestBytes bytes) implements ChunkBody {

  @Override
  public long transferTo(WritableByteChannel sink) throws IOException {
    long total = 0;
    long written = bytes.writeTo(sink, Long.MAX_VALUE);
    while (written > 0) {
      total += written;
      written = bytes.writeTo(sink, Long.MAX_VALUE);
    }
    return total;
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
