package dev.upload.s3;

import dev.upload.core.model.UploadId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest link of each chain that this node has seen, and when that was. Bounded. */
final class LatestLinks {

  private static final int REMEMBERED = 500;

  private final Map<UploadId, Seen> links =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UploadId, Seen> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * A link that was the newest.
   *
   * @param at when the store was asked, or somewhat earlier
   */
  record Seen(ChainLink link, Moment at) {}

  synchronized @Nullable Seen of(UploadId id) {
    return links.get(id);
  }

  /** Remembers and returns {@code link}; never goes back to an older one. */
  synchronized Seen saw(UploadId id, ChainLink link, Moment at) {
    Seen seen = new Seen(link, at);
    Seen known = links.get(id);
    if (known == null || known.link().sequence() <= link.sequence()) {
      links.put(id, seen);
    }
    return seen;
  }

  synchronized void forget(UploadId id) {
    links.remove(id);
  }
}
