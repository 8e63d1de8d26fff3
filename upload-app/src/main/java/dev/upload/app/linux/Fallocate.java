package dev.upload.app.linux;

import dev.upload.core.model.ByteRange;
import dev.upload.fs.Preallocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lays out files by fallocate(2), without changing their size. */
public final class Fallocate implements Preallocation {

  private static final int FALLOC_FL_KEEP_SIZE = 1;

  private Fallocate() {}

  /**
   * Returns what this system offers for files below {@code directory}, or right above it if it does
   * not exist yet. Of others than ext4 it is not known that they gain by it.
   */
  public static Preallocation ofThisSystem(Path directory) {
    return Linux.isHere() && isExt4(directory) ? new Fallocate() : NONE;
  }

  private static boolean isExt4(Path directory) {
    Path there = directory.toAbsolutePath();
    while (there.getParent() != null && Files.notExists(there)) {
      there = there.getParent();
    }
    try {
      return "ext4".equals(Files.getFileStore(there).type());
    } catch (IOException e) {
      return false; // whoever opens the directory says why
    }
  }

  @Override
  public boolean allocate(Path file, ByteRange range) {
    return Linux.succeeds(
        file,
        Linux.O_WRONLY,
        (libC, descriptor) ->
            libC.fallocate(descriptor, FALLOC_FL_KEEP_SIZE, range.start(), range.length()));
  }
}
