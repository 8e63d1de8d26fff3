package dev.upload.fs.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does everything by the default provider, and tells the disk of it. */
final class ForgetfulProvider extends FileSystemProvider {

  private final ForgetfulDisk disk;
  private final ForgetfulFileSystem files;
  private final FileSystemProvider real = FileSystems.getDefault().provider();

  ForgetfulProvider(ForgetfulDisk disk, ForgetfulFileSystem files) {
    this.disk = disk;
    this.files = files;
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path file = files.unwrapped(path);
    boolean writes = options.contains(StandardOpenOption.WRITE);
    if (writes) {
      disk.step();
    }
    FileChannel channel = real.newFileChannel(file, options, attributes);
    if (Files.isDirectory(file)) {
      return new ForgetfulChannel(channel, new ForgetfulChannel.OfDirectory(disk, file));
    }
    return writes
        ? new ForgetfulChannel(channel, new ForgetfulChannel.OfFile(disk, disk.opened(file)))
        : channel;
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return real.newByteChannel(files.unwrapped(path), options, attributes);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    disk.step();
    real.move(files.unwrapped(source), files.unwrapped(target), options);
    disk.moved(files.unwrapped(source), files.unwrapped(target));
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.step();
    real.delete(files.unwrapped(path));
    disk.deleted(files.unwrapped(path));
  }

  /** Directories are there whenever a file in them is: the log of names has an order. */
  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    real.createDirectory(files.unwrapped(path), attributes);
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(files.unwrapped(path), modes);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real.readAttributes(files.unwrapped(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return real.readAttributes(files.unwrapped(path), attributes, options);
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(files.unwrapped(path));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return real.newDirectoryStream(files.unwrapped(path), filter);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real.getFileAttributeView(files.unwrapped(path), type, options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return real.isSameFile(files.unwrapped(path), files.unwrapped(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(files.unwrapped(path));
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    real.setAttribute(files.unwrapped(path), attribute, value, options);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException(); // nobody does, so nobody notes it
  }

  @Override
  public String getScheme() {
    return "forgetful";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return files;
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }
}
