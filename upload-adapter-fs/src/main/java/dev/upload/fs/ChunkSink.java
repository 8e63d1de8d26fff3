package dev.upload.fs;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.port.PromptChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Where the bytes of one chunk go: straight into the file at its position, as many buffers as come
 * in one system call. For one thread at a time; closing it is its file's owner's business.
 */
final class ChunkSink implements PromptChannel {

  private final FileChannel file;
  private final ChunkChecksum checksum;
  private long room;

  /**
   * @param file stands at the chunk's first byte
   * @param room how many bytes may be written
   */
  ChunkSink(FileChannel file, long room, ChunkChecksum checksum) {
    this.file = file;
    this.room = room;
    this.checksum = checksum;
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    long wanted = 0;
    int[] starts = new int[length];
    for (int i = 0; i < length; i++) {
      starts[i] = sources[offset + i].position();
      wanted += sources[offset + i].remaining();
    }
    requireRoom(wanted);
    long written = file.write(sources, offset, length);
    room -= written;
    for (int i = 0; i < length; i++) {
      checksum.update(sources[offset + i], starts[i]);
    }
    return written;
  }

  @Override
  public long write(ByteBuffer[] sources) throws IOException {
    return write(sources, 0, sources.length);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int start = source.position();
    requireRoom(source.remaining());
    int written = file.write(source);
    room -= written;
    checksum.update(source, start);
    return written;
  }

  /** The caller bounds bodies; this is what keeps its mistakes out of the neighbours' bytes. */
  private void requireRoom(long wanted) {
    if (wanted > room) {
      throw new UploadRejectedException(
          new Rejection.Inconsistent("body", "it is longer than its chunk"));
    }
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
