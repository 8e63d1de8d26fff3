package dev.upload.s3;

import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.SessionRepository;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Session records as chains of immutable objects, for any number of nodes. All that is asked of the
 * store is that of several writers who create the same object only if it is absent, one succeeds.
 *
 * <p><b>Finding</b> the newest version takes one listing of one key (keys count downwards) and one
 * GET. A node that saw a version lately only asks for the one behind it, and a 404 tells that
 * nothing has changed: old versions are kept for {@link Retention#keep()}, so a version cannot have
 * come and gone since.
 *
 * <p><b>Recording</b> creates the version behind the newest. A node that slept in the middle of
 * that could create one that others had created and removed again, and take it for a success. So
 * whoever took longer than {@link Retention#trust()}, well below {@code keep}, since it last saw
 * the version before, looks again: its own version has to be the newest, and the one before it has
 * to be the one that it saw.
 */
final class S3Sessions implements SessionRepository {

  /** Longer than a request takes from its first look to its bytes. */
  private static final Duration LATELY = Duration.ofSeconds(2);

  private static final System.Logger LOG = System.getLogger(S3Sessions.class.getName());
  private static final int MAX_STEPS = 16;
  private static final int COMMITS_BETWEEN_SWEEPS = 32;

  private final SessionChains chains;
  private final Retention retention;
  private final Consumer<UploadSession> freeAgain;
  private final LatestLinks latest;
  private final Glances glances;

  /**
   * @param freeAgain frees what a deleted session had, a last time before it is forgotten: what was
   *     on its way when it was deleted has arrived by then
   */
  S3Sessions(SessionChains chains, Retention retention, Consumer<UploadSession> freeAgain) {
    this.chains = chains;
    this.retention = retention;
    this.freeAgain = freeAgain;
    latest = new LatestLinks();
    glances = new Glances();
  }

  @Override
  public Optional<UploadSession> find(UploadId id) {
    return Faults.translated("find", id, () -> Optional.ofNullable(newest(id).link().session()));
  }

  @Override
  public Optional<UploadSession> recent(UploadId id) {
    return remembered(id).or(() -> find(id));
  }

  @Override
  public Optional<UploadSession> remembered(UploadId id) {
    LatestLinks.Seen seen = latest.of(id);
    return seen != null && isFresh(seen)
        ? Optional.ofNullable(seen.link().session())
        : Optional.empty();
  }

  @Override
  public boolean insert(UploadSession session) {
    return Faults.translated(
        "record",
        session.id(),
        () -> {
          LatestLinks.Seen seen = newest(session.id());
          return seen.link().isTombstone()
              && (append(session.id(), seen, seen.link().followedBy(session))
                  || isGoneOnWith(session));
        });
  }

  @Override
  public boolean replace(UploadSession next) {
    return Faults.translated(
        "record progress of",
        next.id(),
        () -> {
          LatestLinks.Seen seen = newestBefore(next.id(), next, next.version() - 1);
          return isVersion(seen.link(), next, next.version() - 1)
              && append(next.id(), seen, seen.link().followedBy(next));
        });
  }

  @Override
  public boolean delete(UploadSession session) {
    return Faults.translated(
        "forget",
        session.id(),
        () -> {
          LatestLinks.Seen seen = newestBefore(session.id(), session, session.version());
          if (!isVersion(seen.link(), session, session.version())
              || !append(session.id(), seen, seen.link().followedByDeletionOf(session))) {
            return false;
          }
          sweep().chain(session.id());
          return true;
        });
  }

  @Override
  public List<UploadSession> untouchedSince(UploadState state, Instant cutoff, int limit) {
    return Faults.translated("list sessions", () -> sweep().untouchedSince(state, cutoff, limit));
  }

  /**
   * Tells whether others have gone on from {@code session} before we could make sure of it: nobody
   * has its nonce from anywhere but our record.
   */
  private boolean isGoneOnWith(UploadSession session) throws IOException {
    UploadSession recorded = newest(session.id()).link().session();
    return recorded != null
        && PartManifest.isOf(session.notes())
        && PartManifest.isOf(recorded.notes())
        && PartManifest.of(recorded.notes())
            .nonce()
            .equals(PartManifest.of(session.notes()).nonce());
  }

  /** A version of a deleted session, whose id was taken again, is not one of the new session. */
  private static boolean isVersion(ChainLink link, UploadSession session, long version) {
    UploadSession recorded = link.session();
    return recorded != null
        && recorded.version() == version
        && isSame(recorded.declaration(), session.declaration());
  }

  /** All that changes of a declaration is a length that was not known at first. */
  private static boolean isSame(UploadDeclaration recorded, UploadDeclaration now) {
    boolean lengthUnknown = recorded.length().isEmpty() && recorded.policy().equals(now.policy());
    return recorded.equals(lengthUnknown ? now.withoutLength() : now);
  }

  /** What this node saw lately will do if it fits: creating the next version proves it or fails. */
  private LatestLinks.Seen newestBefore(UploadId id, UploadSession session, long version)
      throws IOException {
    LatestLinks.Seen seen = latest.of(id);
    return seen != null && isTrusted(seen) && isVersion(seen.link(), session, version)
        ? seen
        : newest(id);
  }

  private LatestLinks.Seen newest(UploadId id) throws IOException {
    LatestLinks.Seen seen = latest.of(id);
    for (int step = 0; seen != null && isTrusted(seen) && step < MAX_STEPS; step++) {
      Moment asked = retention.now();
      Optional<ChainLink> next = chains.get(id, seen.link().sequence() + 1);
      if (next.isEmpty()) {
        return latest.saw(id, seen.link(), asked);
      }
      seen = latest.saw(id, next.get(), asked);
    }
    return listed(id);
  }

  private LatestLinks.Seen listed(UploadId id) throws IOException {
    for (int attempt = 0; attempt < MAX_STEPS; attempt++) {
      Moment asked = retention.now();
      OptionalLong sequence = chains.newest(id);
      if (sequence.isEmpty()) {
        latest.forget(id);
        return new LatestLinks.Seen(ChainLink.NONE, asked);
      }
      Optional<ChainLink> link = chains.get(id, sequence.getAsLong());
      if (link.isPresent()) {
        return latest.saw(id, link.get(), asked);
      }
    }
    throw new IOException("its records changed faster than they could be read");
  }

  private Sweep sweep() {
    return new Sweep(chains, retention, glances, freeAgain);
  }

  private boolean isFresh(LatestLinks.Seen seen) {
    return seen.at().until(retention.now()).compareTo(LATELY) < 0;
  }

  private boolean isTrusted(LatestLinks.Seen seen) {
    return seen.at().until(retention.now()).compareTo(retention.trust()) < 0;
  }

  private boolean append(UploadId id, LatestLinks.Seen before, ChainLink link) throws IOException {
    Moment asked = retention.now();
    if (!chains.create(id, link)) {
      return false;
    }
    if (!isTrusted(before) && !isGenuine(id, before.link(), link)) {
      latest.forget(id);
      return false;
    }
    latest.saw(id, link, asked);
    if (link.sequence() % COMMITS_BETWEEN_SWEEPS == 0) {
      sweepAside(id);
    }
    return true;
  }

  /** Whoever records need not wait for this, nor fail with it: the next one does it again. */
  private void sweepAside(UploadId id) {
    Thread.ofVirtual()
        .uncaughtExceptionHandler(
            (thread, fault) ->
                LOG.log(Level.DEBUG, "old records of " + id + " stay for now", fault))
        .start(() -> sweep().chain(id));
  }

  /**
   * Tells whether {@code created} certainly came right behind {@code before}, and takes it back if
   * it revives a chain that is gone.
   *
   * <p>One that has others in front of it stays: either they were built on it, and a node that has
   * just seen {@code before} must find it there instead of creating it once more, or it was passed
   * long ago, and the next sweep removes it.
   */
  private boolean isGenuine(UploadId id, ChainLink before, ChainLink created) throws IOException {
    if (chains.newest(id).orElse(0) != created.sequence()) {
      return false;
    }
    boolean genuine =
        before.sequence() == 0
            || chains
                .get(id, before.sequence())
                .filter(link -> link.writer().equals(before.writer()))
                .isPresent();
    if (!genuine) {
      chains.remove(id, created.sequence());
    }
    return genuine;
  }
}
