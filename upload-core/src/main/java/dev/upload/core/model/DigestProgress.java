package dev.upload.core.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the digests of a whole have been calculated: what is needed to go on with them, or what
 * they are.
 *
 * @param offset how many bytes, from the first one on, have gone into them
 * @param states by algorithm, from which it is gone on, as text; none once the digests are made
 * @param digests of the whole, once they are made
 */
public record DigestProgress(
    long offset, SortedMap<DigestAlgorithm, String> states, List<Digest> digests) {

  /** Nothing has gone into any. */
  public static final DigestProgress NONE = new DigestProgress(0, new TreeMap<>(), List.of());

  public DigestProgress {
    if (offset < 0) {
      throw new IllegalArgumentException("no offset is negative");
    }
    states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
    digests = List.copyOf(digests);
  }

  /** Returns the progress of digests into which {@code offset} bytes have gone. */
  public static DigestProgress at(long offset, Map<DigestAlgorithm, String> states) {
    return new DigestProgress(offset, new TreeMap<>(states), List.of());
  }

  /** Returns the progress of digests that are made of {@code offset} bytes. */
  public static DigestProgress made(long offset, List<Digest> digests) {
    return new DigestProgress(offset, new TreeMap<>(), digests);
  }
}
