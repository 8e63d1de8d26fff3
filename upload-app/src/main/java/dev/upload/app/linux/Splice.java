package dev.upload.app.linux;

import dev.upload.fs.SocketTransfers;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes from sockets into files by splice(2): the kernel copies them once, from the network's
 * buffers into the page cache, and nothing of them is read into this process.
 *
 * <p>Keeps as many pipes as there were ever threads at once in the middle of a move; those are the
 * event loops.
 */
public final class Splice implements SocketTransfers {

  private final Queue<Pipe> idle = new ConcurrentLinkedQueue<>();

  /** Returns what this system offers. */
  public static SocketTransfers ofThisSystem() {
    return Linux.isHere() ? new Splice() : NONE;
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public Transfer into(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = new LibC(arena).open(file.toString(), Linux.O_WRONLY | Linux.O_CLOEXEC);
      if (descriptor < 0) {
        throw LibC.failure("open " + file, descriptor);
      }
      return new Moving(descriptor);
    }
  }

  private Pipe idlePipe() throws IOException {
    Pipe pipe = idle.poll();
    return pipe == null ? Pipe.open() : pipe;
  }

  private void putBack(Pipe pipe) {
    if (pipe.isEmpty()) {
      idle.add(pipe);
    } else {
      pipe.close();
    }
  }

  /** Holds a pipe only while bytes are in it. */
  private final class Moving implements Transfer {

    private final int file;
    private @Nullable Pipe pipe;

    Moving(int file) {
      this.file = file;
    }

    @Override
    public long lift(int socket, long max) throws IOException {
      Pipe taken = idlePipe();
      long bytes = taken.fill(socket, max);
      if (bytes == 0) {
        putBack(taken);
      } else {
        pipe = taken;
      }
      return bytes;
    }

    @Override
    public void lower(long position) throws IOException {
      Pipe filled = pipe;
      pipe = null;
      if (filled != null) {
        try {
          filled.empty(file, position);
        } finally {
          putBack(filled);
        }
      }
    }

    @Override
    public void close() {
      if (pipe != null) {
        putBack(pipe);
        pipe = null;
      }
      try (Arena arena = Arena.ofConfined()) {
        new LibC(arena).close(file);
      }
    }
  }
}
