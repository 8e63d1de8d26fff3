package dev.upload.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which parts this process is making of fragments, or has just made: writers with an older view of
 * the session would else make them again.
 */
final class Combining {

  private static final int REMEMBERED = 1_000;

  private final Map<String, Optional<StoredPart>> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<StoredPart>> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * Returns the part that {@code work} makes, or has made before; empty if somebody is at it.
   *
   * @param nonce of the upload
   */
  Optional<StoredPart> once(String nonce, int number, Supplier<StoredPart> work) {
    String key = nonce + "/" + number;
    synchronized (known) {
      Optional<StoredPart> before = known.putIfAbsent(key, Optional.empty());
      if (before != null) {
        return before;
      }
    }
    Optional<StoredPart> made = Optional.empty();
    try {
      made = Optional.of(work.get());
      return made;
    } finally {
      remember(key, made);
    }
  }

  private void remember(String key, Optional<StoredPart> made) {
    synchronized (known) {
      if (made.isPresent()) {
        known.put(key, made);
      } else {
        known.remove(key);
      }
    }
  }
}
