package dev.upload.app.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A pipe through which bytes go from a socket to a file: the kernel keeps them there by reference,
 * so that only the way into the file copies them. Empty whenever nobody uses it. For one thread at
 * a time.
 */
final class Pipe {

  private static final int EINTR = 4;
  private static final int EINVAL = 22;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int F_GETPIPE_SZ = 1032;
  private static final int SPLICE_F_MOVE = 1;
  private static final int SPLICE_F_NONBLOCK = 2;

  /** What the kernel lets anybody have. */
  private static final int WANTED_BYTES = 1024 * 1024;

  private static final int COPIED_BYTES = 64 * 1024;

  private final LibC libC;
  private final MemorySegment offset;
  private final int out;
  private final int in;
  private final int capacity;
  private long held;

  private Pipe(Arena arena, LibC libC, int out, int in) {
    this.libC = libC;
    this.offset = arena.allocate(ValueLayout.JAVA_LONG);
    this.out = out;
    this.in = in;
    libC.fcntl(in, F_SETPIPE_SZ, WANTED_BYTES); // a refusal leaves it as large as it is
    this.capacity = libC.fcntl(in, F_GETPIPE_SZ, 0);
  }

  static Pipe open() throws IOException {
    Arena arena = Arena.ofAuto();
    LibC libC = new LibC(arena);
    MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
    int opened = libC.pipe2(ends, Linux.O_CLOEXEC);
    if (opened < 0) {
      throw LibC.failure("open a pipe", opened);
    }
    return new Pipe(
        arena,
        libC,
        ends.getAtIndex(ValueLayout.JAVA_INT, 0),
        ends.getAtIndex(ValueLayout.JAVA_INT, 1));
  }

  /** Tells whether there are no bytes that {@link #empty} could not write. */
  boolean isEmpty() {
    return held == 0;
  }

  /**
   * Takes what {@code socket} has now, at most {@code max} bytes, and returns how many. Of one that
   * fails it takes nothing: whoever reads from it next is told, and knows that it is the sender who
   * is gone, not the store.
   */
  long fill(int socket, long max) {
    long taken;
    do {
      taken =
          libC.splice(
              socket,
              in,
              MemorySegment.NULL,
              Math.min(max, capacity - held),
              SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
    } while (taken == -EINTR);
    held += Math.max(0, taken);
    return Math.max(0, taken);
  }

  /** Writes everything into {@code file}, from {@code position} on. */
  void empty(int file, long position) throws IOException {
    long place = position;
    while (held > 0) {
      offset.set(ValueLayout.JAVA_LONG, 0, place);
      long written = libC.splice(out, file, offset, held, SPLICE_F_MOVE);
      if (written == -EINVAL) {
        written = copy(file, place); // a file system that has no better way
      }
      if (written < 0 && written != -EINTR) {
        throw LibC.failure("write into a file", written);
      }
      place += Math.max(0, written);
      held -= Math.max(0, written);
    }
  }

  /** Writes some bytes that it reads before, and returns how many, or the negative error. */
  private long copy(int file, long position) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment buffer = call.allocate(COPIED_BYTES);
      long read = libC.read(out, buffer, Math.min(held, COPIED_BYTES));
      long written = 0;
      while (written < read) {
        long more = libC.pwrite(file, buffer.asSlice(written), read - written, position + written);
        if (more < 0 && more != -EINTR) {
          return more;
        }
        written += Math.max(0, more);
      }
      return read;
    }
  }

  void close() {
    libC.close(out);
    libC.close(in);
  }
}
