package dev.upload.core;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.SessionRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Moves sessions on by compare-and-set, so that no progress is lost whoever else writes.
 *
 * <p>Steps that come while one is being recorded are gathered and recorded together: however many
 * chunks end at once, the record changes once for all of them.
 */
final class SessionUpdates {

  /** More rounds than nodes that could reasonably be in each other's way. */
  private static final int MAX_ATTEMPTS = 100;

  private final SessionRepository sessions;
  private final KeyedMutex mutex = new KeyedMutex();
  private final ConcurrentHashMap<UploadId, List<Step>> waiting = new ConcurrentHashMap<>();

  SessionUpdates(SessionRepository sessions) {
    this.sessions = sessions;
  }

  /** One caller's change, and what came of it; guarded by the upload's mutex. */
  private static final class Step {
    final UnaryOperator<UploadSession> change;
    @Nullable Outcome outcome;

    Step(UnaryOperator<UploadSession> change) {
      this.change = change;
    }
  }

  /** The session right before and right after one caller's change. */
  record Change(UploadSession before, UploadSession after) {}

  /** What came of one step: a step that refuses changes nothing, and is no other step's concern. */
  private record Outcome(Change change, @Nullable UploadRejectedException refusal) {
    Change orRefuse() {
      if (refusal != null) {
        throw refusal;
      }
      return change;
    }
  }

  /**
   * Applies {@code step} to the session as it is then, records the outcome, and returns both. A
   * step that returns its argument changes nothing.
   *
   * @param step free of side effects: it runs again when another node was faster
   */
  Change apply(UploadId id, UnaryOperator<UploadSession> step) {
    Step mine = new Step(step);
    waiting.compute(id, (key, steps) -> with(steps, mine));
    return mutex.withLock(
        id,
        () -> {
          Outcome done = mine.outcome;
          return (done != null ? done : record(id, mine)).orRefuse();
        });
  }

  /** Returns the session as it is recorded, if there is one. */
  Optional<UploadSession> find(UploadId id) {
    return sessions.find(id);
  }

  /** Returns the session as it is recorded. */
  UploadSession current(UploadId id) {
    return find(id).orElseThrow(SessionUpdates::unknown);
  }

  /** Returns the session as this node knows it; see {@link SessionRepository#recent}. */
  UploadSession recent(UploadId id) {
    return sessions.recent(id).orElseThrow(SessionUpdates::unknown);
  }

  private static List<Step> with(@Nullable List<Step> steps, Step step) {
    List<Step> more = steps == null ? new ArrayList<>() : steps;
    more.add(step);
    return more;
  }

  /**
   * Records every waiting step; a step whose batch failed is recorded by its own caller alone.
   *
   * <p>Begins with what this node knows: if it can be replaced it was the newest. That nothing is
   * to be changed holds only of what was asked for.
   */
  private Outcome record(UploadId id, Step mine) {
    List<Step> batch = waiting.remove(id);
    List<Step> steps = batch != null && batch.contains(mine) ? batch : List.of(mine);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      UploadSession found = attempt == 0 ? recent(id) : current(id);
      List<Outcome> outcomes = outcomes(found, steps);
      UploadSession last = outcomes.getLast().change().after();
      boolean asked = attempt > 0;
      if (last.equals(found) ? asked : sessions.replace(last)) {
        for (int i = 0; i < steps.size(); i++) {
          steps.get(i).outcome = outcomes.get(i);
        }
        return outcomes.get(steps.indexOf(mine));
      }
    }
    throw new StorageUnavailableException(
        "could not record progress of upload %s: others were always faster".formatted(id),
        new IllegalStateException(MAX_ATTEMPTS + " attempts"));
  }

  private static List<Outcome> outcomes(UploadSession found, List<Step> steps) {
    List<Outcome> outcomes = new ArrayList<>(steps.size());
    UploadSession session = found;
    for (Step step : steps) {
      Outcome outcome = outcome(session, step, found.version() + 1);
      outcomes.add(outcome);
      session = outcome.change().after();
    }
    return outcomes;
  }

  /** However many steps there are, it is one version that gets recorded. */
  private static Outcome outcome(UploadSession session, Step step, long version) {
    try {
      UploadSession next = step.change.apply(session);
      UploadSession after = next.equals(session) ? session : next.asVersion(version);
      return new Outcome(new Change(session, after), null);
    } catch (UploadRejectedException refusal) {
      return new Outcome(new Change(session, session), refusal);
    }
  }

  static UploadRejectedException unknown() {
    return new UploadRejectedException(new Rejection.UnknownUpload());
  }
}
