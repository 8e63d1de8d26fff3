package dev.upload.s3;

import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The sessions in one state that were touched longest ago, {@code limit} at most. */
final class Oldest {

  private static final Comparator<UploadSession> BY_AGE =
      Comparator.comparing(UploadSession::touchedAt);

  private final UploadState state;
  private final Instant cutoff;
  private final int limit;
  private final PriorityQueue<UploadSession> youngestFirst = new PriorityQueue<>(BY_AGE.reversed());

  /**
   * @param cutoff all of them were touched before
   */
  Oldest(UploadState state, Instant cutoff, int limit) {
    this.state = state;
    this.cutoff = cutoff;
    this.limit = limit;
  }

  /** Tells whether a session like that would be taken. */
  boolean wants(Glance glance) {
    return glance.state() == state
        && glance.touchedAt().isBefore(cutoff)
        && (youngestFirst.size() < limit
            || (limit > 0 && glance.touchedAt().isBefore(youngestFirst.element().touchedAt())));
  }

  /** Takes the session that {@code link} records, if it is wanted. */
  void consider(ChainLink link) {
    UploadSession session = link.session();
    if (session != null && wants(Glance.of(link))) {
      youngestFirst.add(session);
      if (youngestFirst.size() > limit) {
        youngestFirst.remove();
      }
    }
  }

  /** Returns what was taken, oldest first. */
  List<UploadSession> sessions() {
    return youngestFirst.stream().sorted(BY_AGE).toList();
  }
}
