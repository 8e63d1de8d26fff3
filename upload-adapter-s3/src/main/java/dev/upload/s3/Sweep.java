package dev.upload.s3;

import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Walks over the chains: removes versions that nobody can need any more, and looks for sessions.
 *
 * <p>A version goes when the one behind it is older than {@link Retention#keep()}, measured by the
 * store's own clock against a younger object; where there is none, against ours with an hour to
 * spare.
 */
final class Sweep {

  private static final System.Logger LOG = System.getLogger(Sweep.class.getName());
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);

  /** When so many records in a row cannot be had, the store fails. */
  private static final int MOST_FAULTS_IN_A_ROW = 5;

  private final SessionChains chains;
  private final Retention retention;
  private final Glances glances;
  private final Consumer<UploadSession> freeAgain;
  private int faultsInARow;

  Sweep(
      SessionChains chains,
      Retention retention,
      Glances glances,
      Consumer<UploadSession> freeAgain) {
    this.chains = chains;
    this.retention = retention;
    this.glances = glances;
    this.freeAgain = freeAgain;
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
   * Returns what {@code SessionRepository.untouchedSince} does. Reads a listing of all versions,
   * and the newest version of every session that it has not seen before or that could be returned,
   * and removes what is superseded on its way. A record that cannot be read is left out.
   */
  List<UploadSession> untouchedSince(UploadState state, Instant cutoff, int limit)
      throws IOException {
    Oldest oldest = new Oldest(state, cutoff, limit);
    Set<UploadId> seen = new HashSet<>();
    List<S3Object> chain = new ArrayList<>();
    UploadId id = null;
    for (S3Object object : chains.allObjects()) {
      Optional<S3Keys.Link> link = chains.parse(object);
      if (link.isEmpty()) {
        continue;
      }
      if (id != null && !id.equals(link.get().id())) {
        visit(chain, oldest);
        chain.clear();
      }
      id = link.get().id();
      seen.add(id);
      chain.add(object);
    }
    if (!chain.isEmpty()) {
      visit(chain, oldest);
    }
    glances.retain(seen);
    return oldest.sessions();
  }

  private void visit(List<S3Object> chain, Oldest oldest) throws IOException {
    chains.remove(superseded(chain));
    S3Keys.Link newest = chains.parse(chain.getFirst()).orElseThrow();
    Glance known = glances.of(newest);
    if (known != null && !oldest.wants(known) && !isForgettable(chain, known)) {
      return;
    }
    try {
      Optional<ChainLink> link = chains.get(newest.id(), newest.sequence());
      faultsInARow = 0;
      if (link.isPresent()) {
        Glance seen = Glance.of(link.get());
        glances.saw(newest, seen);
        oldest.consider(link.get());
        if (isForgettable(chain, seen)) {
          forget(chain, link.get());
        }
      }
    } catch (UnreadableRecordException e) {
      LOG.log(Level.WARNING, "the record of upload {0} is left out: {1}", newest.id(), e);
    } catch (IOException | SdkException | StorageUnavailableException e) {
      if (++faultsInARow == MOST_FAULTS_IN_A_ROW) {
        throw e;
      }
      LOG.log(Level.WARNING, "upload {0} has to wait: {1}", newest.id(), e);
    }
  }

  private boolean isForgettable(List<S3Object> chain, Glance newest) {
    Instant forgettable = retention.now().wall().minus(retention.tombstones());
    return newest.isTombstone() && chain.getFirst().lastModified().isBefore(forgettable);
  }

  /** The tombstone goes last. */
  private void forget(List<S3Object> chain, ChainLink tombstone) {
    UploadSession deleted = tombstone.deleted();
    if (deleted != null) {
      freeAgain.accept(deleted);
    }
    chains.remove(chain.subList(1, chain.size()));
    chains.remove(chain.subList(0, 1));
  }
}
