package dev.upload.app.linux;

import dev.upload.fs.Writeback;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/** Begins to write files to the disk by sync_file_range(2). */
public final class SyncFileRange implements Writeback {

  private static final int SYNC_FILE_RANGE_WRITE = 2;
  private static final int EBADF = 9;

  private SyncFileRange() {}

  /** Returns what this system offers. */
  public static Writeback ofThisSystem() {
    return Linux.isHere() && isAllowed() ? new SyncFileRange() : NONE;
  }

  /** A sandbox may refuse the call, before it looks at what it is asked for. */
  private static boolean isAllowed() {
    try (Arena arena = Arena.ofConfined()) {
      return new LibC(arena).syncFileRange(-1, 0, 0, SYNC_FILE_RANGE_WRITE) == -EBADF;
    }
  }

  @Override
  public boolean begin(Path file) {
    return Linux.succeeds(
        file,
        Linux.O_RDONLY,
        (libC, descriptor) -> libC.syncFileRange(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE));
  }
}
