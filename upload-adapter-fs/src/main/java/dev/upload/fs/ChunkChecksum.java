package dev.upload.fs;

import dev.upload.core.model.ByteRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Fingerprints of a chunk's bytes as they pass, one for every {@value #SEGMENT_BYTES} of them, so
 * that a power cut in a long chunk costs its last segments only. For one thread.
 *
 * <p>Costs about 0.02 CPU seconds per GiB of direct buffers where the processor has an instruction
 * for it.
 */
final class ChunkChecksum {

  private static final int SEGMENT_BYTES = 16 * 1024 * 1024;

  private final boolean wanted;
  private final CRC32C crc = new CRC32C();
  private final List<Fingerprint> done = new ArrayList<>(1);
  private final long start;
  private long segmentStart;
  private long position;
  private boolean unseen;

  /**
   * @param offset of the chunk's first byte
   * @param wanted whether anybody will ask
   */
  ChunkChecksum(long offset, boolean wanted) {
    this.wanted = wanted;
    this.start = offset;
    this.segmentStart = offset;
    this.position = offset;
  }

  /** Takes the bytes from {@code start} to the position of {@code buffer}, which stays as it is. */
  void update(ByteBuffer buffer, int start) {
    int end = buffer.position();
    if (unseen) {
      position += end - start;
      return;
    }
    while (wanted && start < end) {
      long left = segmentStart + SEGMENT_BYTES - position;
      int length = (int) Math.min(end - start, left);
      crc.update(buffer.slice(start, length));
      position += length;
      start += length;
      if (length == left) {
        finishSegment();
      }
    }
  }

  /** Counts bytes that passed elsewhere: what the chunk looks like is not known any more. */
  void skip(long bytes) {
    unseen = true;
    position += bytes;
  }

  private void finishSegment() {
    done.add(new Fingerprint(new ByteRange(segmentStart, position), (int) crc.getValue()));
    crc.reset();
    segmentStart = position;
  }

  /** Returns the fingerprints of everything that passed, in order. */
  List<Fingerprint> fingerprints() {
    if (unseen) {
      return wanted ? List.of(Fingerprint.unseen(new ByteRange(start, position))) : List.of();
    }
    if (position > segmentStart) {
      finishSegment();
    }
    return List.copyOf(done);
  }
}
