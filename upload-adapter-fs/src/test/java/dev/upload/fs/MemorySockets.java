package dev.upload.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Sockets that always have, of the bytes that belong at {@code start} of a file, the ones that are
 * wanted next.
 */
final class MemorySockets implements SocketTransfers {

  private final byte[] bytes;
  private final long start;

  MemorySockets(byte[] bytes, long start) {
    this.bytes = bytes;
    this.start = start;
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public Transfer into(Path file) throws IOException {
    return new FromMemory(FileChannel.open(file, StandardOpenOption.WRITE));
  }

  private final class FromMemory implements Transfer {

    private final FileChannel file;
    private int lifted;

    FromMemory(FileChannel file) {
      this.file = file;
    }

    @Override
    public long lift(int socket, long max) {
      lifted = (int) max;
      return max;
    }

    @Override
    public void lower(long position) throws IOException {
      file.write(ByteBuffer.wrap(bytes, (int) (position - start), lifted), position);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
