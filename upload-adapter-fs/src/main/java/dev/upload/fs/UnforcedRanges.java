package dev.upload.fs;

import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Fingerprints of bytes that were written, but are neither recorded nor forced yet: on their way
 * from the store to the transaction that records them. Safe for concurrent use; lists are never
 * changed once they are in the map.
 */
final class UnforcedRanges {

  private final ConcurrentMap<UploadId, List<Fingerprint>> pending = new ConcurrentHashMap<>();

  /** Notes what was just written; earlier bytes in the same places are no more. */
  void add(UploadId id, List<Fingerprint> written) {
    pending.merge(
        id,
        List.copyOf(written),
        (before, added) -> {
          List<Fingerprint> all = new ArrayList<>(before);
          all.removeIf(old -> added.stream().anyMatch(now -> now.range().overlaps(old.range())));
          all.addAll(added);
          return all;
        });
  }

  /** Returns the fingerprints of bytes that {@code session} claims. */
  List<Fingerprint> claimedBy(UploadSession session) {
    return pending.getOrDefault(session.id(), List.of()).stream()
        .filter(fingerprint -> session.received().covers(fingerprint.range()))
        .toList();
  }

  /** Forgets what was recorded. */
  void recorded(UploadId id, List<Fingerprint> recorded) {
    if (!recorded.isEmpty()) {
      pending.computeIfPresent(
          id,
          (key, before) -> {
            List<Fingerprint> rest = new ArrayList<>(before);
            rest.removeAll(recorded);
            return rest.isEmpty() ? null : rest;
          });
    }
  }

  /** Forgets an upload, which was forced or is gone. */
  void forget(UploadId id) {
    pending.remove(id);
  }
}
