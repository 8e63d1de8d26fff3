package dev.upload.fs;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The first {@code length} bytes of a file, on their way into another one. For one thread; closing
 * the file is its owner's business.
 */
record FileCopy(FileChannel file, long length) {

  private static final int BUFFER_BYTES = 256 * 1024;

  /**
   * Writes them at the position of {@code target}. The kernel does it: no byte comes here, and a
   * file system that can lets both files share them.
   */
  void writeTo(FileChannel target) throws IOException {
    long done = 0;
    while (done < length) {
      done += required(file.transferTo(done, length - done, target), done);
    }
  }

  /** Reads them for {@code checksum}; most often they are in memory still. */
  void readFor(ChunkChecksum checksum) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    long done = 0;
    while (done < length) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), length - done));
      done += required(file.read(buffer, done), done);
      checksum.update(buffer, 0);
    }
  }

  private long required(long count, long done) throws IOException {
    if (count <= 0) {
      throw new EOFException("the file has %d of %d bytes".formatted(done, length));
    }
    return count;
  }
}
