package dev.upload.app.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The functions of the C library that the Java library lacks. As the kernel itself does, they
 * return the negative number of an error instead of a result. For one thread at a time.
 */
@SuppressWarnings("restricted") // the launcher allows it
final class LibC {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final long MAX_MESSAGE_BYTES = 256;

  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle PIPE2 =
      function("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle FCNTL =
      function(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle READ =
      function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle PWRITE =
      function("pwrite", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle SPLICE =
      function(
          "splice",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle FALLOCATE =
      function(
          "fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle SYNC_FILE_RANGE =
      function(
          "sync_file_range",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private final MemorySegment state;

  /**
   * @param arena where this keeps a few bytes
   */
  LibC(Arena arena) {
    this.state = arena.allocate(STATE);
  }

  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker.Option[] all = new Linker.Option[options.length + 1];
    all[0] = Linker.Option.captureCallState("errno");
    System.arraycopy(options, 0, all, 1, options.length);
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, all);
  }

  int open(String file, int flags) {
    try (Arena call = Arena.ofConfined()) {
      return (int) result((int) OPEN.invokeExact(state, call.allocateFrom(file), flags));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  int close(int descriptor) {
    try {
      return (int) result((int) CLOSE.invokeExact(state, descriptor));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /**
   * @param ends takes the descriptors of the end to read from and of the other
   */
  int pipe2(MemorySegment ends, int flags) {
    try {
      return (int) result((int) PIPE2.invokeExact(state, ends, flags));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  int fcntl(int descriptor, int command, int argument) {
    try {
      return (int) result((int) FCNTL.invokeExact(state, descriptor, command, argument));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long read(int descriptor, MemorySegment buffer, long bytes) {
    try {
      return result((long) READ.invokeExact(state, descriptor, buffer, bytes));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long pwrite(int descriptor, MemorySegment buffer, long bytes, long position) {
    try {
      return result((long) PWRITE.invokeExact(state, descriptor, buffer, bytes, position));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /**
   * @param outOffset where to write, and afterwards the place behind what was written; {@link
   *     MemorySegment#NULL} for what has no places
   */
  long splice(int in, int out, MemorySegment outOffset, long bytes, int flags) {
    try {
      return result(
          (long) SPLICE.invokeExact(state, in, MemorySegment.NULL, out, outOffset, bytes, flags));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  int fallocate(int descriptor, int mode, long offset, long bytes) {
    try {
      return (int) result((int) FALLOCATE.invokeExact(state, descriptor, mode, offset, bytes));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /**
   * @param bytes 0 for all behind {@code offset}
   */
  int syncFileRange(int descriptor, long offset, long bytes, int flags) {
    try {
      return (int)
          result((int) SYNC_FILE_RANGE.invokeExact(state, descriptor, offset, bytes, flags));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private long result(long returned) {
    return returned >= 0 ? returned : -(int) ERRNO.get(state, 0L);
  }

  /** Returns the failure of {@code action}, in the words of the system. */
  static IOException failure(String action, long negativeErrno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact((int) -negativeErrno);
      return new IOException(
          "%s: %s".formatted(action, text.reinterpret(MAX_MESSAGE_BYTES).getString(0)));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** A call throws nothing but what the virtual machine itself does. */
  private static RuntimeException broken(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a function of the C library could not be called", e);
  }
}
