package dev.upload.s3;

import dev.upload.core.model.UploadId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of the newest versions of sessions. Versions never change, so what is seen once
 * need not be read again: a search costs a listing, and only what has changed since. Bounded: of
 * the sessions beyond, each is read each time.
 */
final class Glances {

  private static final int REMEMBERED = 50_000;

  private final Map<UploadId, Glance> glances = new ConcurrentHashMap<>();

  /** Returns what was seen of exactly that version. */
  @Nullable Glance of(S3Keys.Link newest) {
    Glance glance = glances.get(newest.id());
    return glance != null && glance.sequence() == newest.sequence() ? glance : null;
  }

  void saw(S3Keys.Link newest, Glance glance) {
    if (glances.size() < REMEMBERED || glances.containsKey(newest.id())) {
      glances.put(newest.id(), glance);
    }
  }

  /** Forgets all but {@code ids}. */
  void retain(Set<UploadId> ids) {
    glances.keySet().retainAll(ids);
  }
}
