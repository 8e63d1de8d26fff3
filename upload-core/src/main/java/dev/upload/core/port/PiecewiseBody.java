package dev.upload.core.port;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;

/** A body that can be taken in pieces: after each, what came so far can be made to count. */
public interface PiecewiseBody extends ChunkBody {

  /**
   * Writes the next {@code max} bytes into {@code sink}, or all that follow if those are fewer, and
   * returns how many that were: fewer than {@code max} mean that the body is over. Else it goes on,
   * perhaps with nothing, where this ended. All the rest is as {@link #transferTo} has it.
   *
   * @param max at least 1
   */
  long transferTo(WritableByteChannel sink, long max) throws IOException;

  /** Returns a body that is read from {@code source}, which the caller closes. */
  static PiecewiseBody of(InputStream source) {
    return new InputStreamBody(source);
  }
}
