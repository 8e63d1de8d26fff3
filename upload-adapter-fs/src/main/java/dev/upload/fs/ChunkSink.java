package dev.upload.fs;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.port.PromptChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;

/**
 * Where the bytes of one chunk go: straight into the file at its position, as many buffers as come
 * in one system call. For one thread at a time. Whoever opened the file closes it.
 */
class ChunkSink implements PromptChannel {

  private final FileChannel file;
  private final ByteRange place;
  private final ChunkChecksum checksum;
  private final LongConsumer progress;
  private long position;
  private boolean fileIsElsewhere = true;

  /**
   * @param place where the bytes belong; there may be fewer, but not more
   * @param progress is told how far the bytes are
   */
  ChunkSink(FileChannel file, ByteRange place, ChunkChecksum checksum, LongConsumer progress) {
    this.file = file;
    this.place = place;
    this.checksum = checksum;
    this.progress = progress;
    this.position = place.start();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    long wanted = 0;
    int[] starts = new int[length];
    for (int i = 0; i < length; i++) {
      starts[i] = sources[offset + i].position();
      wanted += sources[offset + i].remaining();
    }
    FileChannel target = target(wanted);
    long written = target.write(sources, offset, length);
    for (int i = 0; i < length; i++) {
      checksum.update(sources[offset + i], starts[i]);
    }
    advance(written);
    return written;
  }

  @Override
  public long write(ByteBuffer[] sources) throws IOException {
    return write(sources, 0, sources.length);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int start = source.position();
    int written = target(source.remaining()).write(source);
    checksum.update(source, start);
    advance(written);
    return written;
  }

  /** Returns the file, standing where the next {@code wanted} bytes belong. */
  private FileChannel target(long wanted) throws IOException {
    requireRoom(wanted);
    if (fileIsElsewhere) {
      file.position(position);
      fileIsElsewhere = false;
    }
    return file;
  }

  /** Returns where the next byte belongs. */
  final long position() {
    return position;
  }

  final long room() {
    return place.end() - position;
  }

  /** Counts bytes that came to their place past this sink. */
  final void passed(long bytes) {
    checksum.skip(bytes);
    fileIsElsewhere = true;
    advance(bytes);
  }

  private void advance(long bytes) {
    position += bytes;
    progress.accept(position);
  }

  /** The caller bounds bodies; this is what keeps its mistakes out of the neighbours' bytes. */
  final void requireRoom(long wanted) {
    if (wanted > room()) {
      throw new UploadRejectedException(
          new Rejection.Inconsistent("body", "it is longer than its chunk"));
    }
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {}
}
