package dev.upload.s3;

import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Walks over the chains: removes versions that nobody can need any more, and looks for sessions.
 *
 * <p>A version goes when the one behind it is older than {@link Retention#keep()}, measured by the
 * store's own clock against a younger object; where there is none, against ours with an hour to
 * spare.
 */
final class Sweep {

  private static final Duration CLOCK_SKEW = Duration.ofHours(1);

  private final SessionChains chains;
  private final Retention retention;

  Sweep(SessionChains chains, Retention retention) {
    this.chains = chains;
    this.retention = retention;
  }

  /** Removes what is superseded in one chain. */
  void chain(UploadId id) {
    chains.remove(superseded(chains.objects(id)));
  }

  private List<S3Object> superseded(List<S3Object> newestFirst) {
    if (newestFirst.isEmpty()) {
      return List.of();
    }
    Instant ours = retention.now().wall().minus(CLOCK_SKEW);
    Instant newest = newestFirst.getFirst().lastModified();
    Instant now = newest.isAfter(ours) ? newest : ours;
    List<S3Object> old = new ArrayList<>();
    for (int i = 1; i < newestFirst.size(); i++) {
      Instant behind = newestFirst.get(i - 1).lastModified();
      if (behind.plus(retention.keep()).isBefore(now)) {
        old.add(newestFirst.get(i));
      }
    }
    return old;
  }

  /**
   * Returns what {@code SessionRepository.untouchedSince} does. Reads a listing of all versions and
   * the newest version of every session, and removes what is superseded on its way.
   */
  List<UploadSession> untouchedSince(UploadState state, Instant cutoff, int limit)
      throws IOException {
    PriorityQueue<UploadSession> oldest =
        new PriorityQueue<>(Comparator.comparing(UploadSession::touchedAt).reversed());
    List<S3Object> chain = new ArrayList<>();
    for (S3Object object : chains.allObjects()) {
      Optional<S3Keys.Link> link = chains.parse(object);
      if (link.isEmpty()) {
        continue;
      }
      if (!chain.isEmpty() && !idOf(chain).equals(link.get().id())) {
        visit(chain, state, cutoff, limit, oldest);
        chain.clear();
      }
      chain.add(object);
    }
    if (!chain.isEmpty()) {
      visit(chain, state, cutoff, limit, oldest);
    }
    return oldest.stream().sorted(Comparator.comparing(UploadSession::touchedAt)).toList();
  }

  private UploadId idOf(List<S3Object> chain) {
    return chains.parse(chain.getFirst()).orElseThrow().id();
  }

  private void visit(
      List<S3Object> chain,
      UploadState state,
      Instant cutoff,
      int limit,
      PriorityQueue<UploadSession> oldest)
      throws IOException {
    S3Keys.Link newest = chains.parse(chain.getFirst()).orElseThrow();
    Optional<ChainLink> link = chains.get(newest.id(), newest.sequence());
    if (link.isEmpty()) {
      return;
    }
    clean(chain, link.get());
    UploadSession session = link.get().session();
    if (session != null && session.state() == state && session.touchedAt().isBefore(cutoff)) {
      oldest.add(session);
      if (oldest.size() > limit) {
        oldest.remove();
      }
    }
  }

  private void clean(List<S3Object> chain, ChainLink newest) {
    chains.remove(superseded(chain));
    Instant forgettable = retention.now().wall().minus(retention.tombstones());
    boolean old = chain.getFirst().lastModified().isBefore(forgettable);
    if (newest.isTombstone() && old) {
      chains.remove(chain.subList(1, chain.size()));
      chains.remove(chain.subList(0, 1));
    }
  }
}
