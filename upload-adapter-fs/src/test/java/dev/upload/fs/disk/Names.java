package dev.upload.fs.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What files are called: a log of changes, as a journaling file system keeps one. A power cut takes
 * the end of it; forcing a directory saves the log up to the last change in that directory. Forcing
 * a file saves no name. Not for several threads.
 */
final class Names {

  private final List<Change> log = new ArrayList<>();
  private final Map<Path, Inode> now = new HashMap<>();
  private int forced;

  /** The file {@code from} is now {@code to}: either is null where a file appears or goes. */
  private record Change(Optional<Path> from, Optional<Path> to, Inode inode) {

    boolean isIn(Path directory) {
      return from.filter(path -> directory.equals(path.getParent())).isPresent()
          || to.filter(path -> directory.equals(path.getParent())).isPresent();
    }

    void applyTo(Map<Path, Inode> names) {
      from.ifPresent(names::remove);
      to.ifPresent(path -> names.put(path, inode));
    }
  }

  /** Returns the file of that name, which is new if there was none. */
  Inode opened(Path path) {
    Inode known = now.get(path);
    if (known != null) {
      return known;
    }
    Inode made = new Inode();
    add(new Change(Optional.empty(), Optional.of(path), made));
    return made;
  }

  void moved(Path from, Path to) {
    Inode inode = now.get(from);
    if (inode != null) {
      add(new Change(Optional.of(from), Optional.of(to), inode));
    }
  }

  void deleted(Path path) {
    Inode inode = now.get(path);
    if (inode != null) {
      add(new Change(Optional.of(path), Optional.empty(), inode));
    }
  }

  private void add(Change change) {
    log.add(change);
    change.applyTo(now);
  }

  void force(Path directory) {
    for (int i = forced; i < log.size(); i++) {
      if (log.get(i).isIn(directory)) {
        forced = i + 1;
      }
    }
  }

  /** Returns the names that a power cut leaves. */
  Map<Path, Inode> afterPowerCut(Random chance) {
    Map<Path, Inode> left = new HashMap<>();
    int kept = forced + chance.nextInt(log.size() - forced + 1);
    log.subList(0, kept).forEach(change -> change.applyTo(left));
    return left;
  }
}
