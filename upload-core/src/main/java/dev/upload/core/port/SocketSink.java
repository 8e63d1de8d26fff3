package dev.upload.core.port;

import java.io.IOException;

/**
 * A sink that can take bytes off a socket of this process by itself, so that they reach their place
 * without passing through this process's memory.
 *
 * <p>It does so in two steps, for what has left the socket must be counted even if it cannot be
 * written. Both are called by the thread that writes, one behind the other.
 */
public interface SocketSink extends PromptChannel {

  /**
   * Takes what is there, at most {@code max} bytes, off the socket and returns how many that were.
   * Never waits: 0 means that nothing is there now, or nothing will come any more.
   *
   * @param socket its file descriptor
   */
  long lift(int socket, long max) throws IOException;

  /** Writes all that {@link #lift} took, behind what was written before. */
  void lower() throws IOException;
}
