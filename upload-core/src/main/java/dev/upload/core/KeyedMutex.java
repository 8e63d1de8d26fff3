package dev.upload.core;

import dev.upload.core.model.UploadId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets one thread at a time work on an upload. Keeps nothing of uploads that nobody works on. */
final class KeyedMutex {

  /**
   * A lock and how many threads hold it or wait for it; the count changes under the map's own lock.
   */
  private static final class Entry {
    final ReentrantLock lock = new ReentrantLock();
    int users;
  }

  private final ConcurrentHashMap<UploadId, Entry> entries = new ConcurrentHashMap<>();

  <T> T withLock(UploadId id, Supplier<T> work) {
    Entry entry = enter(id);
    entry.lock.lock();
    try {
      return work.get();
    } finally {
      entry.lock.unlock();
      leave(id);
    }
  }

  /** Returns {@code otherwise} if somebody else is at work. */
  <T> T unlessLocked(UploadId id, Supplier<T> work, T otherwise) {
    Entry entry = enter(id);
    try {
      if (!entry.lock.tryLock()) {
        return otherwise;
      }
      try {
        return work.get();
      } finally {
        entry.lock.unlock();
      }
    } finally {
      leave(id);
    }
  }

  private Entry enter(UploadId id) {
    return entries.compute(
        id,
        (key, known) -> {
          Entry entry = known == null ? new Entry() : known;
          entry.users++;
          return entry;
        });
  }

  private void leave(UploadId id) {
    entries.computeIfPresent(id, (key, entry) -> --entry.users == 0 ? null : entry);
  }
}
