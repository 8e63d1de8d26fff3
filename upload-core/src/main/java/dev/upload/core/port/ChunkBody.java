package dev.upload.core.port;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;

/**
 * The bytes of one chunk while they arrive. Drained once, by one thread; but a {@link
 * PromptChannel} may be written to by the thread that brings the bytes, while that one waits.
 */
public interface ChunkBody {

  /**
   * Writes what arrives into {@code sink} until the body ends, and returns how many bytes that
   * were.
   *
   * <p>A client that vanishes ends the body early; that is no error, and {@link #truncated()} tells
   * it afterwards. What arrived until then counts.
   *
   * @throws IOException the sink's own
   * @throws dev.upload.core.model.UploadRejectedException if no byte of this call may count: a
   *     wrong digest, an overlong body
   */
  long transferTo(WritableByteChannel sink) throws IOException;

  /** Tells, once the body was drained, whether it ended before its sender meant it to. */
  boolean truncated();

  /**
   * Ends the body early, as if the client had vanished. Called from another thread, any number of
   * times; {@link #transferTo} returns soon afterwards.
   */
  void cut();

  /** Returns a body that is read from {@code source}, which the caller closes. */
  static ChunkBody of(InputStream source) {
    return new InputStreamBody(source);
  }
}
