package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.StoreNotes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What this module knows of an upload's bytes, read from the notes that were recorded with the
 * session. Never a listing of the store: a listing may have parts that nobody acknowledged.
 *
 * <p>Immutable. The notes are {@code plan}, {@code nonce}, {@code mpu}, one {@code p}… for each
 * part and one {@code f}… for each fragment, and {@code done} once the whole is visible.
 */
final class PartManifest {

  private static final String PLAN = "plan";
  private static final String NONCE = "nonce";
  private static final String MULTIPART_ID = "mpu";
  private static final String DONE = "done";

  private final StoreNotes notes;
  private final PartPlan plan;
  private final NavigableMap<Integer, StoredPart> parts = new TreeMap<>();
  private final List<Fragment> fragments = new ArrayList<>();

  private PartManifest(StoreNotes notes) {
    this.notes = notes;
    notes
        .entries()
        .forEach(
            (key, value) -> {
              if (StoredPart.isKey(key)) {
                StoredPart part = StoredPart.of(key, value);
                parts.put(part.number(), part);
              } else if (Fragment.isKey(key)) {
                fragments.add(Fragment.of(key, value));
              }
            });
    plan = PartPlan.parse(required(notes, PLAN)).cutAs(parts.values());
    fragments.sort(
        Comparator.comparingLong((Fragment fragment) -> fragment.range().start())
            .thenComparingLong(fragment -> -fragment.range().end()));
  }

  /**
   * Reads the notes of a session.
   *
   * @throws IllegalArgumentException if they are not of this module
   */
  static PartManifest of(StoreNotes notes) {
    return new PartManifest(notes);
  }

  /** Returns the first notes of an upload that is small enough to be put in one request. */
  static StoreNotes opened(PartPlan plan, String nonce) {
    SortedMap<String, String> entries = new TreeMap<>();
    entries.put(PLAN, plan.toString());
    entries.put(NONCE, nonce);
    return new StoreNotes(entries);
  }

  /** Returns the first notes of an upload that is made of parts. */
  static StoreNotes opened(PartPlan plan, String nonce, String multipartId) {
    return opened(plan, nonce).with(note(MULTIPART_ID, multipartId));
  }

  /** Returns of {@code notes} only what names the upload in the store: none of its bytes. */
  static StoreNotes names(StoreNotes notes) {
    SortedMap<String, String> entries = new TreeMap<>(notes.entries());
    entries.keySet().retainAll(Set.of(PLAN, NONCE, MULTIPART_ID));
    return new StoreNotes(entries);
  }

  static StoreNotes noting(StoredPart part) {
    return note(part.key(), part.value());
  }

  static StoreNotes noting(Fragment fragment) {
    return note(fragment.key(), fragment.value());
  }

  /** Returns the change that forgets {@code fragments}, whose bytes are safe elsewhere. */
  static StoreNotes forgetting(Collection<Fragment> fragments) {
    SortedMap<String, String> entries = new TreeMap<>();
    fragments.forEach(fragment -> entries.put(fragment.key(), StoreNotes.REMOVED));
    return new StoreNotes(entries);
  }

  /** Returns one change that does what both do; merging would lose what the first takes away. */
  static StoreNotes both(StoreNotes first, StoreNotes second) {
    SortedMap<String, String> entries = new TreeMap<>(first.entries());
    entries.putAll(second.entries());
    return new StoreNotes(entries);
  }

  /** Tells whether {@code notes} are of this module at all. */
  static boolean isOf(StoreNotes notes) {
    return notes.entries().containsKey(PLAN) && notes.entries().containsKey(NONCE);
  }

  private static StoreNotes note(String key, String value) {
    SortedMap<String, String> entries = new TreeMap<>();
    entries.put(key, value);
    return new StoreNotes(entries);
  }

  private static String required(StoreNotes notes, String key) {
    String value = notes.entries().get(key);
    if (value == null) {
      throw new IllegalArgumentException("the notes of an upload lack '%s'".formatted(key));
    }
    return value;
  }

  PartManifest with(StoreNotes change) {
    return new PartManifest(notes.with(change));
  }

  PartPlan plan() {
    return plan;
  }

  /** Returns what nobody can guess, and what tells this upload from a later one of the same id. */
  String nonce() {
    return required(notes, NONCE);
  }

  /**
   * Returns the store's id of the multipart upload; empty for an upload that is put in one request.
   */
  Optional<String> multipartId() {
    return Optional.ofNullable(notes.entries().get(MULTIPART_ID));
  }

  /** Tells whether the whole was already made visible. */
  boolean isDone() {
    return notes.entries().containsKey(DONE);
  }

  Optional<StoredPart> part(int number) {
    return Optional.ofNullable(parts.get(number));
  }

  /**
   * Returns the checksum of a part of an upload of {@code length} bytes, if no byte has to be read
   * for it.
   */
  Optional<Crc32c> checksum(int number, long length) {
    return part(number)
        .map(StoredPart::checksum)
        .or(
            () ->
                fragmentsOf(plan.part(number, length))
                    .filter(slices -> slices.stream().allMatch(Slice::isWhole))
                    .map(PartManifest::joined));
  }

  private static Crc32c joined(List<Slice> slices) {
    Crc32c sum = Crc32c.OF_NOTHING;
    for (Slice slice : slices) {
      sum = sum.then(slice.fragment().checksum());
    }
    return sum;
  }

  /**
   * Returns fragments that make up {@code range} without a gap, in order; empty if there are none
   * such.
   */
  Optional<List<Slice>> fragmentsOf(ByteRange range) {
    List<Slice> slices = new ArrayList<>();
    long at = range.start();
    while (at < range.end()) {
      Fragment next = furthestFrom(at);
      if (next == null) {
        return Optional.empty();
      }
      long end = Math.min(next.range().end(), range.end());
      slices.add(new Slice(next, new ByteRange(at, end)));
      at = end;
    }
    return Optional.of(slices);
  }

  /** Returns the fragment that has byte {@code at} and reaches furthest beyond it. */
  private @Nullable Fragment furthestFrom(long at) {
    Fragment best = null;
    for (Fragment fragment : fragments) {
      if (fragment.range().start() > at) {
        break;
      }
      if (fragment.range().end() > at
          && (best == null || fragment.range().end() > best.range().end())) {
        best = fragment;
      }
    }
    return best;
  }

  /**
   * Returns fragments that follow each other up to {@code end}, none of them before {@code start}.
   */
  List<Slice> runUpTo(long end, long start) {
    Deque<Slice> run = new ArrayDeque<>();
    long at = end;
    for (Fragment fragment : fragments.reversed()) {
      if (fragment.range().end() == at && fragment.range().start() >= start) {
        run.addFirst(new Slice(fragment, fragment.range()));
        at = fragment.range().start();
      }
    }
    return List.copyOf(run);
  }

  /**
   * Returns fragments that are not needed any more: a part, or a longer fragment, has their bytes.
   */
  List<Fragment> superseded() {
    List<Fragment> found = new ArrayList<>();
    long reached = 0;
    for (Fragment fragment : fragments) { // by start, and the longest first
      boolean inPart = parts.containsKey(plan.partAt(fragment.range().start()));
      if (inPart || fragment.range().end() <= reached) {
        found.add(fragment);
      }
      reached = Math.max(reached, fragment.range().end());
    }
    return found;
  }

  /**
   * Returns numbers of parts that could be made of fragments now, of an upload of {@code length}
   * bytes.
   */
  List<Integer> combinable(long length) {
    return fragments.stream()
        .map(fragment -> plan.partAt(fragment.range().start()))
        .distinct()
        .filter(number -> !parts.containsKey(number))
        .filter(number -> fragmentsOf(plan.part(number, length)).isPresent())
        .toList();
  }

  /** Returns the change after assembly: parts and fragments are of no use any more. */
  StoreNotes finished(String etag) {
    SortedMap<String, String> entries = new TreeMap<>();
    notes
        .entries()
        .keySet()
        .forEach(
            key -> {
              if (!key.equals(PLAN) && !key.equals(NONCE)) {
                entries.put(key, StoreNotes.REMOVED);
              }
            });
    entries.put(DONE, etag);
    return new StoreNotes(entries);
  }

  /** Bytes of an upload that are to be found in {@code fragment}. */
  record Slice(Fragment fragment, ByteRange range) {

    boolean isWhole() {
      return fragment.range().equals(range);
    }
  }
}
