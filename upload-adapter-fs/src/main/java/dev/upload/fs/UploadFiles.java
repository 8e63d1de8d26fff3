package dev.upload.fs;

import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The files of uploads and the steps from unfinished to finished.
 *
 * <p>An upload's bytes are in its partial file or, from the rename on, under its destination: never
 * in both, whatever moment a crash picks.
 */
final class UploadFiles {

  private static final Set<OpenOption> WRITE =
      Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> WRITE_OR_CREATE =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final UploadDirectory directory;

  /** Uploads whose bytes were all forced when the last of them were written. */
  private final Set<UploadId> forcedWhole = ConcurrentHashMap.newKeySet();

  /** Uploads whose files could not be forced, and are deleted. */
  private final Set<UploadId> spoilt = ConcurrentHashMap.newKeySet();

  /** Read-locked while a file moves into its directories, write-locked while empty ones go. */
  private final ReadWriteLock finishedDirectories = new ReentrantReadWriteLock();

  UploadFiles(UploadDirectory directory) {
    this.directory = directory;
  }

  /**
   * Opens the partial file, which is made if the session holds nothing yet.
   *
   * <p>If it holds something and the file is missing, then a power cut took the record back to
   * before an assembly that had already renamed the file: it is taken back too.
   */
  FileChannel openForWriting(UploadSession session) throws IOException {
    forcedWhole.remove(session.id());
    requireUnspoilt(session.id());
    Path partial = directory.partial(session.id());
    if (session.received().count() == 0) {
      return FileChannel.open(partial, WRITE_OR_CREATE, directory.fileAttributes());
    }
    try {
      return FileChannel.open(partial, WRITE);
    } catch (NoSuchFileException e) {
      takeBack(directory.finished(session.destination()), partial);
      return openTakenBack(partial);
    }
  }

  private static FileChannel openTakenBack(Path partial) throws IOException {
    try {
      return FileChannel.open(partial, WRITE);
    } catch (NoSuchFileException e) {
      throw new SpoiltFileException(e); // it is under neither name, whatever took it
    }
  }

  /** Gives the file of an upload that is open again its unfinished name. */
  void takeBack(UploadSession session) throws IOException {
    Path finished = directory.finished(session.destination());
    takeBack(finished, directory.partial(session.id()));
    directory.removeEmptyParents(finished);
    directory.forcePartialFiles();
  }

  private static void takeBack(Path finished, Path partial) throws IOException {
    if (regularFileLength(finished).isPresent()) {
      try {
        Files.move(finished, partial, StandardCopyOption.ATOMIC_MOVE);
      } catch (NoSuchFileException e) {
        // another writer of this upload was faster
      }
    }
  }

  /** Returns where the bytes of an upload lie while it is not finished. */
  Path unfinished(UploadSession session) {
    return directory.partial(session.id());
  }

  /** Opens the file of an upload that is not finished, to be read. */
  FileChannel openUnfinished(UploadSession session) throws IOException {
    return FileChannel.open(directory.partial(session.id()), READ);
  }

  /** Opens the finished file. */
  FileChannel openForReading(UploadSession session) throws IOException {
    return FileChannel.open(directory.finished(session.destination()), READ);
  }

  /** Tells whether the bytes of an upload lie under its unfinished name. */
  boolean isUnfinished(UploadSession session) throws IOException {
    return regularFileLength(directory.partial(session.id())).isPresent();
  }

  /** Opens whichever file has the bytes of an upload, if there is one. */
  Optional<FileChannel> openAnywhere(UploadSession session) throws IOException {
    try {
      return Optional.of(FileChannel.open(directory.partial(session.id()), READ));
    } catch (NoSuchFileException e) {
      Path finished = directory.finished(session.destination());
      return regularFileLength(finished).isPresent()
          ? Optional.of(FileChannel.open(finished, READ))
          : Optional.empty();
    }
  }

  /**
   * Forces the bytes, gives the file its final name and forces the directories, in this order. Goes
   * on from wherever an earlier attempt stopped.
   */
  void finish(UploadSession session) throws IOException {
    requireUnspoilt(session.id());
    long length = session.offset();
    Path partial = directory.partial(session.id());
    try {
      boolean forced = forcedWhole.remove(session.id());
      if (!forced || regularFileLength(partial).orElse(-1L) != length) {
        forcePartial(session.id(), partial, length);
      }
    } catch (NoSuchFileException e) {
      directory.forceParents(requireFinished(session, e));
      return;
    }
    directory.forceParents(renamed(partial, session));
  }

  /** Gives the file its final name, and leaves the forces to {@link #force}. */
  void finishUnforced(UploadSession session) throws IOException {
    requireUnspoilt(session.id());
    long length = session.offset();
    Path partial = directory.partial(session.id());
    if (regularFileLength(partial).orElse(-1L) != length) {
      try (FileChannel file = openWhole(partial, length)) {
        cut(file, length);
      } catch (NoSuchFileException e) {
        requireFinished(session, e);
        return;
      }
    }
    Path unused = renamed(partial, session);
  }

  private void forcePartial(UploadId id, Path partial, long length) throws IOException {
    try (FileChannel file = openWhole(partial, length)) {
      cut(file, length);
      force(id, file);
    }
  }

  /** Only an empty upload may be without a file until now. */
  private FileChannel openWhole(Path partial, long length) throws IOException {
    return length == 0
        ? FileChannel.open(partial, WRITE_OR_CREATE, directory.fileAttributes())
        : FileChannel.open(partial, WRITE);
  }

  private Path requireFinished(UploadSession session, NoSuchFileException cause)
      throws IOException {
    Path finished = directory.finished(session.destination());
    long length = regularFileLength(finished).orElseThrow(() -> new SpoiltFileException(cause));
    if (length != session.offset()) {
      throw cause;
    }
    return finished;
  }

  private static void cut(FileChannel file, long length) throws IOException {
    long size = file.size();
    if (size < length) {
      throw new IOException("the file has %d of %d bytes".formatted(size, length));
    }
    if (size > length) {
      file.truncate(length); // what a refused chunk left behind the end
    }
  }

  /**
   * Forces the open {@code file} of {@code id}, to which the last of its {@code length} bytes were
   * just written, so that finishing it need not open it again.
   */
  void forceWhole(UploadId id, FileChannel file, long length) throws IOException {
    cut(file, length);
    force(id, file);
    forcedWhole.add(id);
  }

  /**
   * Forces the open unfinished {@code file} of {@code id}.
   *
   * <p>If that fails the file is deleted: the system has told it once, and a later force would
   * succeed without the bytes. Whoever is writing to it still finds out when the upload is given
   * up.
   *
   * @throws SpoiltFileException then, and whenever the upload is written to or finished afterwards
   * @throws ClosedChannelException if somebody else closed it, or interrupted this thread: that
   *     says nothing about the disk, and the file stays
   */
  void force(UploadId id, FileChannel file) throws IOException {
    try {
      file.force(false);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw spoilt(id, e);
    }
  }

  private SpoiltFileException spoilt(UploadId id, IOException cause) {
    spoilt.add(id);
    try {
      Files.deleteIfExists(directory.partial(id));
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return new SpoiltFileException(cause);
  }

  private void requireUnspoilt(UploadId id) throws SpoiltFileException {
    if (spoilt.contains(id)) {
      throw new SpoiltFileException(new IOException("that was before"));
    }
  }

  private Path renamed(Path partial, UploadSession session) throws IOException {
    Lock lock = finishedDirectories.readLock();
    lock.lock();
    try {
      requireUnspoilt(session.id()); // in the background, meanwhile
      Path target = directory.finishedWithParents(session.destination());
      return Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Forces the file of an upload under whichever name it has, and the directories right above a
   * final name. What is there under neither was discarded or taken away, and needs no force.
   *
   * @param session as it is recorded
   */
  void force(UploadSession session) throws IOException {
    if (session.state() == UploadState.COMPLETE) {
      Path finished = directory.finished(session.destination());
      if (force(finished)) {
        directory.forceDirectoriesOf(finished);
      }
    } else if (!forcePartial(session.id())) {
      boolean unused = force(directory.finished(session.destination())); // just renamed
    }
  }

  /** Forces the unfinished file of {@code id}, and tells whether there is one. */
  boolean forcePartial(UploadId id) throws IOException {
    try (FileChannel file = FileChannel.open(directory.partial(id), WRITE)) {
      force(id, file);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean force(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, WRITE)) {
      file.force(false);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Forces the names right below {@code files/}. */
  void forceFinishedEntries() throws IOException {
    directory.forceFinishedFiles();
  }

  /** Forces that new partial files have their names. */
  void forcePartialEntries() throws IOException {
    directory.forcePartialFiles();
  }

  /** Deletes whatever is there of an upload. */
  void delete(UploadSession session) throws IOException {
    forcedWhole.remove(session.id());
    Files.deleteIfExists(directory.partial(session.id()));
    spoilt.remove(session.id());
    Path finished = directory.finished(session.destination());
    Files.deleteIfExists(finished);
    Lock lock = finishedDirectories.writeLock();
    lock.lock();
    try {
      directory.removeEmptyParents(finished);
    } finally {
      lock.unlock();
    }
  }

  private static Optional<Long> regularFileLength(Path path) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? Optional.of(attributes.size()) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
