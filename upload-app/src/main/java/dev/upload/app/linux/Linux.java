package dev.upload.app.linux;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/** What every use of the kernel here begins with. Loads nothing of it elsewhere. */
final class Linux {

  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_CLOEXEC = 0x80000;

  private Linux() {}

  /** Tells whether this is Linux, and the launcher allows native access. */
  static boolean isHere() {
    return "Linux".equals(System.getProperty("os.name"))
        && Linux.class.getModule().isNativeAccessEnabled();
  }

  /** One call of the C library. */
  @FunctionalInterface
  interface Call {
    int on(LibC libC, int descriptor);
  }

  /**
   * Opens {@code file} for {@code call}, and tells whether both worked.
   *
   * @param access {@link #O_RDONLY} or {@link #O_WRONLY}
   */
  static boolean succeeds(Path file, int access, Call call) {
    try (Arena arena = Arena.ofConfined()) {
      LibC libC = new LibC(arena);
      int descriptor = libC.open(file.toString(), access | O_CLOEXEC);
      if (descriptor < 0) {
        return false;
      }
      try {
        return call.on(libC, descriptor) == 0;
      } finally {
        libC.close(descriptor);
      }
    }
  }
}
