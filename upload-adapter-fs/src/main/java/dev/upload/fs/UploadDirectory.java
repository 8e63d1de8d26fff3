package dev.upload.fs;

import dev.upload.core.model.Destination;
import dev.upload.core.model.UploadId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * All knowledge of paths: {@code files/} holds what is finished, {@code partial/} one file for each
 * unfinished upload, and beside them lie the database and the lock file.
 *
 * <p>No path that leaves this class leads out of the root: ids and destinations are safe names, and
 * a directory below {@code files/} that is a symbolic link is refused. Whoever may swap a directory
 * for a link between that look and the use can write to the owner's files anyway: what is made here
 * is the owner's only, where the file system knows such permissions.
 */
final class UploadDirectory {

  private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

  private final Path root;
  private final Path files;
  private final Path partial;
  private final boolean posix;
  private final SharedForce filesForce;
  private final SharedForce partialForce;

  private UploadDirectory(Path root) {
    this.root = root;
    this.files = root.resolve("files");
    this.partial = root.resolve("partial");
    this.posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
    this.filesForce = new SharedForce(() -> force(files));
    this.partialForce = new SharedForce(() -> force(partial));
  }

  /**
   * Makes what is missing of the directory at {@code root}.
   *
   * @throws DirectoryUnusableException if it holds something else where our directories belong, or
   *     this Java cannot write names beyond ASCII
   */
  static UploadDirectory at(Path root) throws IOException {
    requireUnicodeNames(root);
    UploadDirectory directory = new UploadDirectory(made(root));
    for (Path part : List.of(directory.files, directory.partial)) {
      try {
        directory.makeDirectory(part);
      } catch (FileSystemException e) {
        throw new DirectoryUnusableException("%s is not a directory of ours.".formatted(part));
      }
    }
    return directory;
  }

  private static Path made(Path root) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      Path parent = absolute.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(absolute, new UploadDirectory(absolute).directoryAttributes());
    }
    return absolute.toRealPath();
  }

  private static void requireUnicodeNames(Path root) {
    try {
      Path unused = root.resolve("\u00e9\u4e2d\ud83d\ude00");
    } catch (InvalidPathException e) {
      throw new DirectoryUnusableException(
          "Java cannot write file names beyond ASCII below %s: set LC_ALL=C.UTF-8 or another UTF-8 locale."
              .formatted(root));
    }
  }

  Path root() {
    return root;
  }

  Path lockFile() {
    return root.resolve("lock");
  }

  Path database() {
    return root.resolve("sessions.db");
  }

  /** Returns where SQLite writes what is committed before it goes into the database. */
  Path databaseLog() {
    return root.resolve("sessions.db-wal");
  }

  /** Returns where the bytes of an unfinished upload lie. */
  Path partial(UploadId id) {
    return partial.resolve(id.value());
  }

  /**
   * Returns where a finished upload lies, or would lie if its directories were there.
   *
   * @throws FileSystemException if a symbolic link or a file stands where a directory belongs
   */
  Path finished(Destination destination) throws IOException {
    Path target = files.resolve(destination.path());
    for (Path parent : parents(target)) {
      try {
        requireDirectory(parent);
      } catch (NoSuchFileException e) {
        break; // nothing below it either
      }
    }
    return target;
  }

  /** Returns where a finished upload lies, and makes the directories above it. */
  Path finishedWithParents(Destination destination) throws IOException {
    Path target = files.resolve(destination.path());
    for (Path parent : parents(target)) {
      makeDirectory(parent);
    }
    return target;
  }

  /** Forces the directories from that of {@code target} up to {@code files/}. */
  void forceParents(Path target) throws IOException {
    forceDirectoriesOf(target);
    forceFinishedFiles();
  }

  /** Forces the directories from that of {@code target} up to the one below {@code files/}. */
  void forceDirectoriesOf(Path target) throws IOException {
    for (Path parent : parents(target).reversed()) {
      force(parent);
    }
  }

  /** Forces the names of finished files and directories right below {@code files/}. */
  void forceFinishedFiles() throws IOException {
    filesForce.run();
  }

  /** Forces the names of unfinished files. */
  void forcePartialFiles() throws IOException {
    partialForce.run();
  }

  /** Forces the entries of {@code directory}, where the platform can. */
  private void force(Path directory) throws IOException {
    if (posix) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Removes the empty directories above {@code target}, up to {@code files/}. */
  void removeEmptyParents(Path target) throws IOException {
    for (Path parent : parents(target).reversed()) {
      try {
        Files.deleteIfExists(parent);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }

  /** Returns the permissions of new files. */
  FileAttribute<?>[] fileAttributes() {
    return attributes("rw-------");
  }

  private FileAttribute<?>[] directoryAttributes() {
    return attributes("rwx------");
  }

  private FileAttribute<?>[] attributes(String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : NO_ATTRIBUTES;
  }

  /** Returns the directories between {@code files/} and {@code target}, from above. */
  private List<Path> parents(Path target) {
    List<Path> parents = new ArrayList<>();
    for (Path parent = target.getParent();
        parent != null && !parent.equals(files);
        parent = parent.getParent()) {
      parents.addFirst(parent);
    }
    return parents;
  }

  private void makeDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, directoryAttributes());
    } catch (FileAlreadyExistsException e) {
      requireDirectory(directory);
    }
  }

  private static void requireDirectory(Path path) throws IOException {
    if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isDirectory()) {
      throw new FileSystemException(
          path.toString(), null, "no directory, or a symbolic link to one");
    }
  }
}
