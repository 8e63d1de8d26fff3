package dev.upload.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * A set of bytes, kept as the fewest ranges that say it: sorted, disjoint, never touching.
 * Immutable.
 *
 * <p>Costs 16 bytes a range; adding to or asking a set of n ranges takes O(log n) comparisons and
 * one copy.
 */
public final class ByteRanges {

  public static final ByteRanges EMPTY = new ByteRanges(new long[0]);

  /** Start and end of each range in turn: strictly increasing. */
  private final long[] bounds;

  private ByteRanges(long[] bounds) {
    this.bounds = bounds;
  }

  /** Returns the set of these ranges, which may overlap and come in any order. */
  public static ByteRanges of(ByteRange... ranges) {
    ByteRanges set = EMPTY;
    for (ByteRange range : ranges) {
      set = set.plus(range);
    }
    return set;
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static ByteRanges parse(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    long[] bounds = Arrays.stream(text.split("[-,]", -1)).mapToLong(Long::parseLong).toArray();
    for (int i = 0; i < bounds.length; i++) {
      if (bounds.length % 2 != 0 || bounds[i] < 0 || (i > 0 && bounds[i] <= bounds[i - 1])) {
        throw new IllegalArgumentException("not a set of byte ranges: " + text);
      }
    }
    return new ByteRanges(bounds);
  }

  /** Returns this set with {@code range} in it. */
  public ByteRanges plus(ByteRange range) {
    if (range.isEmpty() || covers(range)) {
      return this;
    }
    int first = boundsBelow(range.start()); // a range that ends at our start is touched and joins
    int last = boundsUpTo(range.end());
    boolean joinsLeft = first % 2 == 1;
    boolean joinsRight = last % 2 == 1;
    return splice(first, last, joinsLeft ? -1 : range.start(), joinsRight ? -1 : range.end());
  }

  /** Returns this set without the bytes of {@code range}. */
  public ByteRanges minus(ByteRange range) {
    if (range.isEmpty()) {
      return this;
    }
    int first = boundsBelow(range.start());
    int last = boundsUpTo(range.end());
    boolean cutsLeft = first % 2 == 1;
    boolean cutsRight = last % 2 == 1;
    return splice(first, last, cutsLeft ? range.start() : -1, cutsRight ? range.end() : -1);
  }

  /** Tells whether every byte of {@code range} is here; true of an empty range. */
  public boolean covers(ByteRange range) {
    if (range.isEmpty()) {
      return true;
    }
    int inside = boundsUpTo(range.start());
    return inside % 2 == 1 && range.end() <= bounds[inside];
  }

  /** Returns how many bytes are here without a gap from byte 0 on. */
  public long prefixEnd() {
    return bounds.length > 0 && bounds[0] == 0 ? bounds[1] : 0;
  }

  /** Returns how many bytes are here. */
  public long total() {
    long total = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      total += bounds[i + 1] - bounds[i];
    }
    return total;
  }

  /** Returns how many ranges the set is made of. */
  public int count() {
    return bounds.length / 2;
  }

  /** Returns what is not here of the first {@code length} bytes, in order. */
  public List<ByteRange> missing(long length) {
    ByteRanges gaps = EMPTY.plus(ByteRange.at(0, length));
    for (ByteRange held : asList()) {
      gaps = gaps.minus(held);
    }
    return gaps.asList();
  }

  /** Returns the ranges in order. */
  public List<ByteRange> asList() {
    List<ByteRange> ranges = new ArrayList<>(count());
    for (int i = 0; i < bounds.length; i += 2) {
      ranges.add(new ByteRange(bounds[i], bounds[i + 1]));
    }
    return List.copyOf(ranges);
  }

  /** Returns how many bounds lie below {@code position}: odd if the byte before it is here. */
  private int boundsBelow(long position) {
    int found = Arrays.binarySearch(bounds, position);
    return found >= 0 ? found : -found - 1;
  }

  /** Returns how many bounds lie at or below {@code position}: odd if the byte at it is here. */
  private int boundsUpTo(long position) {
    int found = Arrays.binarySearch(bounds, position);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /**
   * Replaces the bounds from index {@code first} to {@code last} by those of the two that are not
   * -1.
   */
  private ByteRanges splice(int first, int last, long left, long right) {
    int added = (left < 0 ? 0 : 1) + (right < 0 ? 0 : 1);
    long[] next = new long[first + added + bounds.length - last];
    System.arraycopy(bounds, 0, next, 0, first);
    int at = first;
    if (left >= 0) {
      next[at++] = left;
    }
    if (right >= 0) {
      next[at++] = right;
    }
    System.arraycopy(bounds, last, next, at, bounds.length - last);
    return new ByteRanges(next);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteRanges ranges && Arrays.equals(bounds, ranges.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  /**
   * Returns the form that {@link #parse} reads: {@code 0-5,8-10}, ends exclusive; empty for the
   * empty set.
   */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(",");
    for (int i = 0; i < bounds.length; i += 2) {
      text.add(bounds[i] + "-" + bounds[i + 1]);
    }
    return text.toString();
  }
}
