package dev.upload.fs.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A directory whose files are written as usual, while it is noted what of them was forced. Knows
 * only what is done through {@link #root()}. Safe for concurrent use.
 */
public final class ForgetfulDisk {

  private final Path directory;
  private final ForgetfulFileSystem files = new ForgetfulFileSystem(this);
  private final Names names = new Names();
  private final AtomicBoolean failsNextForce = new AtomicBoolean();
  private volatile Runnable beforeEachStep = () -> {};

  /**
   * @param directory real, and empty
   */
  public ForgetfulDisk(Path directory) {
    this.directory = directory;
  }

  /** Returns the directory, as what works on it must see it. */
  public Path root() {
    return files.wrapped(directory);
  }

  /** Calls {@code step} before each change and each force from now on: a place for a power cut. */
  public void beforeEachStep(Runnable step) {
    beforeEachStep = step;
  }

  /** Lets the next force of a file fail, and only that one, as operating systems do. */
  public void failNextForce() {
    failsNextForce.set(true);
  }

  /** Writes to {@code target} the files as a power cut now could leave them. */
  public void cutTo(Path target, Random chance) throws IOException {
    Map<Path, Inode> left;
    synchronized (this) {
      left = names.afterPowerCut(chance);
      for (Map.Entry<Path, Inode> file : left.entrySet()) {
        Path path = target.resolve(directory.relativize(file.getKey()).toString());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue().afterPowerCut(chance));
      }
    }
  }

  void step() {
    beforeEachStep.run();
  }

  synchronized Inode opened(Path path) {
    return names.opened(path);
  }

  synchronized void written(Inode inode, long position, byte[] bytes) {
    inode.written(position, bytes);
  }

  synchronized void truncated(Inode inode, long length) {
    inode.truncated(length);
  }

  synchronized void forced(Inode inode) throws IOException {
    if (failsNextForce.compareAndSet(true, false)) {
      throw new IOException("Input/output error");
    }
    inode.force();
  }

  synchronized void moved(Path from, Path to) {
    names.moved(from, to);
  }

  synchronized void deleted(Path path) {
    names.deleted(path);
  }

  synchronized void forcedDirectory(Path path) {
    names.force(path);
  }
}
