package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Parts of an upload that is made of others: each is cut when the bytes for it are there, so that
 * as many of them as possible can be copied from one source.
 *
 * <p>Where they were cut is not recorded beside the parts themselves: of two nodes that are at it,
 * the one that is behind could take back what the other has cut.
 *
 * @param ends where the parts end that are cut already; what is behind them is one part so far
 */
record CutParts(List<Long> ends) implements PartPlan {

  /** The plan before anything is there. */
  static final CutParts NONE = new CutParts(List.of());

  /** What is recorded of it when the upload is opened. */
  static final String TEXT = "cut";

  /** What is copied in one request: short enough not to time out, and several go side by side. */
  private static final long SLICE_BYTES = 128L << 20;

  private static final long LARGEST_SLICE_BYTES = 4L << 30;
  private static final long LARGEST_LEAST_BYTES = 512L << 20;

  CutParts {
    ends = List.copyOf(ends);
    long start = 0;
    for (long end : ends) {
      if (end <= start || end - start > MAX_PART_BYTES || end > MAX_LENGTH) {
        throw new IllegalArgumentException("no part is from %d to %d".formatted(start, end));
      }
      start = end;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if one is missing: no later one may take its place
   */
  @Override
  public CutParts cutAs(Collection<StoredPart> recorded) {
    List<Long> all = new ArrayList<>(recorded.size());
    long end = 0;
    for (StoredPart part : recorded) {
      if (part.number() != all.size() + 1) {
        throw new IllegalArgumentException(
            "part %d is recorded without part %d".formatted(part.number(), all.size() + 1));
      }
      end += part.checksum().length();
      all.add(end);
    }
    return new CutParts(all);
  }

  private long lastEnd() {
    return ends.isEmpty() ? 0 : ends.getLast();
  }

  @Override
  public int partAt(long offset) {
    int found = Collections.binarySearch(ends, offset);
    return found >= 0 ? found + 2 : -found;
  }

  @Override
  public ByteRange part(int number) {
    long start = number == 1 ? 0 : ends.get(number - 2);
    return number <= ends.size()
        ? new ByteRange(start, ends.get(number - 1))
        : new ByteRange(start, MAX_LENGTH);
  }

  @Override
  public long capacity() {
    return MAX_LENGTH;
  }

  /**
   * {@inheritDoc}
   *
   * <p>What is before {@code copied} and in no part yet gets as much of it as a part needs at
   * least; then come slices. A rest that is too short for a part waits for what follows, unless the
   * slice before it can have it.
   */
  @Override
  public CutParts cutFor(ByteRange copied, long length) {
    long least = leastBytes(length);
    List<Long> all = new ArrayList<>(ends);
    long at = lastEnd();
    while (at < copied.end()) {
      long end = nextEnd(at, copied, least, sliceBytes(length));
      if (end - at < least && end < length) {
        break;
      }
      all.add(end);
      at = end;
    }
    return new CutParts(all);
  }

  private static long nextEnd(long at, ByteRange copied, long least, long slice) {
    long earliest = at + least;
    long end = earliest;
    if (at >= copied.start()) {
      end = copied.start() + Math.ceilDiv(earliest - copied.start(), slice) * slice;
    }
    return copied.end() - end < least ? copied.end() : end;
  }

  /** Ten thousand such parts are the whole, as long as that has less than 4.9 TiB. */
  private static long leastBytes(long length) {
    return Math.clamp(Math.ceilDiv(length, MAX_PARTS), MIN_PART_BYTES, LARGEST_LEAST_BYTES);
  }

  private static long sliceBytes(long length) {
    long slice = SLICE_BYTES;
    while (slice < LARGEST_SLICE_BYTES && length / slice > MAX_PARTS / 2) {
      slice *= 2;
    }
    return slice;
  }

  @Override
  public String toString() {
    return TEXT;
  }
}
