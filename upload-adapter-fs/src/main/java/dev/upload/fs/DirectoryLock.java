package dev.upload.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps every other process, and every other part of this one, off an upload directory. The
 * operating system releases it when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {

  /**
   * Lock files that this process holds. A second channel to one of them must not even be opened:
   * POSIX gives up all locks of a process on a file as soon as it closes any descriptor of it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, without waiting.
   *
   * @throws DirectoryUnusableException if somebody else holds it
   */
  static DirectoryLock acquire(UploadDirectory directory) throws IOException {
    Path file = directory.lockFile();
    if (!HELD.add(file)) {
      throw inUse(directory.root());
    }
    boolean acquired = false;
    try {
      DirectoryLock lock = new DirectoryLock(file, locked(directory));
      acquired = true;
      return lock;
    } finally {
      if (!acquired) {
        HELD.remove(file);
      }
    }
  }

  private static FileChannel locked(UploadDirectory directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.lockFile(),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            directory.fileAttributes());
    try {
      if (channel.tryLock() == null) {
        throw inUse(directory.root());
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(directory.root()); // by another class loader of this process
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static DirectoryUnusableException inUse(Path root) {
    return new DirectoryUnusableException(
        "The upload directory %s is in use by another process; its lock file has the number."
            .formatted(root));
  }

  /** Gives the directory free. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(file);
    }
  }
}
