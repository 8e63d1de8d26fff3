package dev.upload.core.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a store wants remembered about an upload's bytes: part numbers, ETags, names. Opaque to
 * everybody else; recorded in the same step as the progress that it belongs to.
 */
public record StoreNotes(SortedMap<String, String> entries) {

  public static final StoreNotes NONE = new StoreNotes(new TreeMap<>());

  /** The value that takes an entry away when notes are merged. */
  public static final String REMOVED = "";

  public StoreNotes {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /**
   * Returns these notes with {@code change} applied: its entries win, {@link #REMOVED} ones vanish.
   */
  public StoreNotes with(StoreNotes change) {
    if (change.entries.isEmpty()) {
      return this;
    }
    SortedMap<String, String> merged = new TreeMap<>(entries);
    change.entries.forEach(
        (key, value) -> {
          if (value.equals(REMOVED)) {
            merged.remove(key);
          } else {
            merged.put(key, value);
          }
        });
    return new StoreNotes(merged);
  }
}
