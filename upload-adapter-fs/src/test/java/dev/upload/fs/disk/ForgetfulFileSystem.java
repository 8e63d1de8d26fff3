package dev.upload.fs.disk;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The default file system, seen through a provider that tells a disk what is done. */
final class ForgetfulFileSystem extends FileSystem {

  private final FileSystem real = FileSystems.getDefault();
  private final FileSystemProvider provider;

  ForgetfulFileSystem(ForgetfulDisk disk) {
    this.provider = new ForgetfulProvider(disk, this);
  }

  /** Returns {@code path} as a path of this file system. */
  Path wrapped(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            Path.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (proxy, method, arguments) -> invoked(path, method, arguments));
  }

  private @Nullable Object invoked(Path path, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    if (method.getName().equals("getFileSystem")) {
      return this;
    }
    @Nullable Object[] arguments = given == null ? new Object[0] : given.clone();
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = arguments[i] instanceof Path other ? unwrapped(other) : arguments[i];
    }
    try {
      Object result = method.invoke(path, arguments);
      return result instanceof Path other ? wrapped(other) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Returns the real path behind {@code path}. */
  Path unwrapped(Path path) {
    return real.getPath(path.toString());
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return real.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return wrapped(real.getPath(first, more));
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return real.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return real.getRootDirectories();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return real.getFileStores();
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    return real.getPathMatcher(pattern);
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return real.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }
}
