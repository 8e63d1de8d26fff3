package dev.upload.fs;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What an operating system may offer: to move bytes from a socket into a file without their passing
 * through this process's memory. Safe for concurrent use.
 */
public interface SocketTransfers {

  /** Stands for a system that offers nothing of the kind: every byte is read and written. */
  SocketTransfers NONE = new NoSocketTransfers();

  /** Tells whether there is anything of the kind. */
  boolean available();

  /** Makes ready to write into {@code file}, which exists. */
  Transfer into(Path file) throws IOException;

  /** Moves the bytes of one chunk. For one thread at a time. */
  interface Transfer extends AutoCloseable {

    /**
     * Takes what is there, at most {@code max} bytes, off the socket and returns how many that
     * were; 0 if nothing is there now, or the socket has ended.
     *
     * @param socket its file descriptor
     */
    long lift(int socket, long max) throws IOException;

    /** Writes all that {@link #lift} took last to {@code position}. */
    void lower(long position) throws IOException;

    @Override
    void close() throws IOException;
  }
}
