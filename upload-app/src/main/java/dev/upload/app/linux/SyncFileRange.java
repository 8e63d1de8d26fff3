package dev.upload.app.linux;

import dev.upload.fs.Writeback;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/** Begins to write files to the disk by sync_file_range(2). */
public final class SyncFileRange implements Writeback {

  private static final int O_WRONLY = 1;
  private static final int O_CLOEXEC = 0x80000;
  private static final int SYNC_FILE_RANGE_WRITE = 2;

  private SyncFileRange() {}

  /** Returns what this system offers. */
  public static Writeback ofThisSystem() {
    boolean linux = "Linux".equals(System.getProperty("os.name"));
    return linux && SyncFileRange.class.getModule().isNativeAccessEnabled()
        ? new SyncFileRange()
        : NONE;
  }

  @Override
  public boolean begin(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      LibC libC = new LibC(arena);
      int descriptor = libC.open(file.toString(), O_WRONLY | O_CLOEXEC);
      if (descriptor < 0) {
        return false;
      }
      try {
        return libC.syncFileRange(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE) == 0;
      } finally {
        libC.close(descriptor);
      }
    }
  }
}
