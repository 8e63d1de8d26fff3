package dev.upload.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every other process, and every other part of this one, off an upload directory. The
 * operating system releases it when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, without waiting.
   *
   * @throws DirectoryUnusableException if somebody else holds it
   */
  static DirectoryLock acquire(UploadDirectory directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.lockFile(),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            directory.fileAttributes());
    if (lock(channel) == null) {
      channel.close();
      throw new DirectoryUnusableException(inUse(directory.root()));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
    return new DirectoryLock(channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held within this process
    }
  }

  private static String inUse(Path root) {
    return "The upload directory %s is in use by another process; its lock file has the number."
        .formatted(root);
  }

  /** Gives the directory free. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
