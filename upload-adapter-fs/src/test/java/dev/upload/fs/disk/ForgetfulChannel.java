package dev.upload.fs.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A channel that tells of what is written and forced through it. */
final class ForgetfulChannel extends FileChannel {

  private final FileChannel real;
  private final Opened opened;

  ForgetfulChannel(FileChannel real, Opened opened) {
    this.real = real;
    this.opened = opened;
  }

  /** What the channel is open on. */
  sealed interface Opened {}

  record OfFile(ForgetfulDisk disk, Inode inode) implements Opened {}

  record OfDirectory(ForgetfulDisk disk, Path path) implements Opened {}

  @Override
  public int write(ByteBuffer source) throws IOException {
    long position = real.position();
    int written = write(source, position);
    real.position(position + written);
    return written;
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    OfFile file = file();
    file.disk().step();
    byte[] bytes = new byte[source.remaining()];
    source.duplicate().get(bytes);
    int written = real.write(source, position);
    if (written != bytes.length) {
      throw new IOException("the real disk took %d of %d bytes".formatted(written, bytes.length));
    }
    file.disk().written(file.inode(), position, bytes);
    return written;
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    long written = 0;
    for (int i = offset; i < offset + length; i++) {
      written += write(sources[i]);
    }
    return written;
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) count);
    while (buffer.hasRemaining() && source.read(buffer) >= 0) {
      // until it is full, or the source ends
    }
    return write(buffer.flip(), position);
  }

  private OfFile file() {
    if (opened instanceof OfFile file) {
      return file;
    }
    throw new UnsupportedOperationException("nobody writes into a directory");
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    OfFile file = file();
    file.disk().step();
    real.truncate(size);
    file.disk().truncated(file.inode(), size);
    return this;
  }

  @Override
  public void force(boolean metadata) throws IOException {
    switch (opened) {
      case OfFile(ForgetfulDisk disk, Inode inode) -> {
        disk.step();
        disk.forced(inode);
      }
      case OfDirectory(ForgetfulDisk disk, Path path) -> {
        disk.step();
        disk.forcedDirectory(path);
      }
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return real.read(target);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return real.read(targets, offset, length);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return real.read(target, position);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return real.transferTo(position, count, target);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException(); // nobody does, so nobody notes it
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }
}
