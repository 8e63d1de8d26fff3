package dev.upload.fs;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a reserve on the file system. Asking costs one system call of a microsecond or two. */
final class FreeSpace {

  private static final int PLENTY = 16;

  private final FileStore fileStore;
  private final long minFreeBytes;

  FreeSpace(Path directory, long minFreeBytes) throws IOException {
    this.fileStore = Files.getFileStore(directory);
    this.minFreeBytes = minFreeBytes;
  }

  /**
   * Refuses what needs {@code bytes} more.
   *
   * @throws UploadRejectedException with {@code StorageFull} if less than the reserve would be left
   */
  void require(long bytes) throws IOException {
    if (fileStore.getUsableSpace() - bytes < minFreeBytes) {
      throw new UploadRejectedException(full());
    }
  }

  /** Tells whether {@code bytes} that are not needed yet may be taken: nobody will miss them. */
  boolean isPlentyFor(long bytes) throws IOException {
    return bytes <= (fileStore.getUsableSpace() - minFreeBytes) / PLENTY;
  }

  /** Tells whether {@code failure} came of a full disk or an exhausted quota. */
  boolean explains(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("No space left") || message.contains("quota exceeded");
  }

  Rejection.StorageFull full() {
    return new Rejection.StorageFull(minFreeBytes);
  }
}
