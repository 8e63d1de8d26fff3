package dev.upload.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.OpenUsage;
import dev.upload.core.model.Owner;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.SessionRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every {@link SessionRepository} owes. */
public abstract class SessionRepositoryContract {

  private static final int RACERS = 8;

  /** Returns the repository under test, the same one during a test. */
  protected abstract SessionRepository sessions();

  @Test
  void findsNothingUnderAnUnknownId() {
    assertThat(sessions().find(Sessions.newId())).isEmpty();
  }

  @Test
  void findsASessionAsItWasRecorded() {
    UploadSession session = Sessions.open(Sessions.grid(1000, 100));

    assertThat(sessions().insert(session)).isTrue();

    assertThat(sessions().find(session.id())).contains(session);
  }

  @Test
  void keepsEverythingOfASession() {
    UploadSession opened = Sessions.open(Sessions.appendOfUnknownLength());
    StoreNotes notes =
        new StoreNotes(new TreeMap<>(Map.of("part.1", "\"etag\"\n=,\\é", "x", " y ")));
    UploadSession next = opened.received(new ByteRange(0, 77), notes, Sessions.START.plusNanos(1));

    sessions().insert(opened);

    assertThat(sessions().replace(next)).isTrue();
    assertThat(sessions().find(opened.id())).contains(next);
  }

  @Test
  void countsWhatIsUnfinishedIfItCountsAtAll() {
    OpenUsage before = sessions().openUsage().orElse(OpenUsage.NONE);
    UploadSession known = Sessions.open(Sessions.grid(1_000, 100));
    UploadSession growing = Sessions.open(Sessions.appendOfDeferredLength());

    sessions().insert(known);
    sessions().insert(growing);
    UploadSession grown = growing.received(ByteRange.at(0, 77), StoreNotes.NONE, Sessions.START);
    sessions().replace(grown);

    assertOpen(before.plus(new OpenUsage(2, 1_077)));
    UploadSession whole = Sessions.whole(known);
    sessions().replace(whole);
    assertOpen(before.plus(new OpenUsage(2, 1_077)));
    UploadSession complete = whole.completed(StoreNotes.NONE, Sessions.START);
    sessions().replace(complete);
    assertOpen(before.plus(new OpenUsage(1, 77)));
    UploadSession said = grown.withLength(500, Sessions.START);
    sessions().replace(said);
    assertOpen(before.plus(new OpenUsage(1, 500)));
    sessions().replace(said.cancelled(Sessions.START));
    assertOpen(before);
    sessions().delete(complete);
    assertOpen(before);
  }

  @Test
  void countsAFinishedOrForgottenUploadAsNothing() {
    OpenUsage before = sessions().openUsage().orElse(OpenUsage.NONE);
    UploadSession open = Sessions.open(Sessions.grid(1_000, 100));
    sessions().insert(open);
    sessions().insert(open); // is there already
    sessions()
        .insert(
            Sessions.whole(Sessions.open(Sessions.grid(7, 7)))
                .completed(StoreNotes.NONE, Sessions.START)
                .asVersion(1));

    assertOpen(before.plus(new OpenUsage(1, 1_000)));
    sessions().delete(open);
    assertOpen(before);
  }

  private void assertOpen(OpenUsage expected) {
    sessions().openUsage().ifPresent(usage -> assertThat(usage).isEqualTo(expected));
    sessions().openUsage(Owner.ANONYMOUS).ifPresent(usage -> assertThat(usage).isEqualTo(expected));
    sessions()
        .openUsage(new Owner("somebody else"))
        .ifPresent(usage -> assertThat(usage).isEqualTo(OpenUsage.NONE));
  }

  @Test
  void insertsAnIdOnce() {
    UploadSession session = Sessions.open(Sessions.grid(1000, 100));
    sessions().insert(session);

    assertThat(sessions().insert(Sessions.whole(session).asVersion(1))).isFalse();

    assertThat(sessions().find(session.id())).contains(session);
  }

  @Test
  void replacesOnlyTheVersionBefore() {
    UploadSession first = Sessions.open(Sessions.grid(1000, 100));
    UploadSession second = received(first, 0);
    sessions().insert(first);
    sessions().replace(second);

    assertThat(sessions().replace(received(first, 5))).isFalse();
    assertThat(sessions().replace(received(second, 3).asVersion(4))).isFalse();

    assertThat(sessions().find(first.id())).contains(second);
  }

  @Test
  void replacesASessionByOneWhoseLengthIsKnown() {
    UploadSession opened = Sessions.open(Sessions.appendOfDeferredLength());
    UploadSession said = opened.withLength(77, Sessions.START);
    sessions().insert(opened);

    assertThat(sessions().replace(said)).isTrue();

    assertThat(sessions().find(opened.id())).contains(said);
    assertThat(sessions().replace(received(said, 0))).isTrue();
  }

  @Test
  void replacesNothingThatIsNotThere() {
    UploadSession session = Sessions.open(Sessions.grid(1000, 100));

    assertThat(sessions().replace(received(session, 0))).isFalse();

    assertThat(sessions().find(session.id())).isEmpty();
  }

  @Test
  void forgetsADeletedSession() {
    UploadSession session = Sessions.open(Sessions.grid(1000, 100));
    sessions().insert(session);

    assertThat(sessions().delete(session)).isTrue();

    assertThat(sessions().find(session.id())).isEmpty();
    assertThat(sessions().delete(session)).isFalse();
    assertThat(sessions().replace(received(session, 0))).isFalse();
  }

  @Test
  void deletesOnlyTheVersionThatIsRecorded() {
    UploadSession first = Sessions.open(Sessions.grid(1000, 100));
    UploadSession second = received(first, 0);
    sessions().insert(first);
    sessions().replace(second);

    assertThat(sessions().delete(first)).isFalse();

    assertThat(sessions().find(first.id())).contains(second);
  }

  @Test
  void takesAnIdAgainThatWasDeleted() {
    UploadSession session = Sessions.open(Sessions.grid(1000, 100));
    sessions().insert(session);
    sessions().delete(session);

    assertThat(sessions().insert(session)).isTrue();

    assertThat(sessions().find(session.id())).contains(session);
    assertThat(sessions().replace(received(session, 0))).isTrue();
  }

  @Test
  void listsWhatNobodyTouchedInAState() {
    UploadSession old = Sessions.open(Sessions.grid(1000, 100));
    UploadSession fresh = received(Sessions.open(Sessions.grid(1000, 100)), 0);
    UploadSession whole = Sessions.whole(Sessions.open(Sessions.grid(1000, 100)));
    sessions().insert(old);
    sessions().insert(fresh.asVersion(1));
    sessions().insert(whole.asVersion(1));

    List<UploadSession> untouched =
        sessions().untouchedSince(UploadState.OPEN, Sessions.START.plusMillis(1), 1_000);

    assertThat(untouched).contains(old).doesNotContain(fresh.asVersion(1), whole.asVersion(1));
  }

  @Test
  void listsNoMoreThanItIsAskedFor() {
    sessions().insert(Sessions.open(Sessions.grid(1000, 100)));
    sessions().insert(Sessions.open(Sessions.grid(1000, 100)));

    assertThat(sessions().untouchedSince(UploadState.OPEN, Sessions.START.plusMillis(1), 1))
        .hasSize(1);
  }

  @RepeatedTest(5)
  void letsOneOfManyInsert() throws Exception {
    UploadSession session = Sessions.open(Sessions.grid(1000, 100));

    assertThat(race(racer -> sessions().insert(session))).containsOnlyOnce(true);
  }

  @RepeatedTest(5)
  void letsOneOfManyReplace() throws Exception {
    UploadSession session = Sessions.open(Sessions.grid(1000, 100));
    sessions().insert(session);

    List<Boolean> outcomes = race(racer -> sessions().replace(received(session, racer)));

    assertThat(outcomes).containsOnlyOnce(true);
    assertThat(sessions().find(session.id())).contains(received(session, outcomes.indexOf(true)));
  }

  private interface Racer {
    boolean run(int number);
  }

  private static List<Boolean> race(Racer racer) throws Exception {
    CyclicBarrier start = new CyclicBarrier(RACERS);
    List<Callable<Boolean>> racers = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      int number = i;
      racers.add(
          () -> {
            start.await();
            return racer.run(number);
          });
    }
    List<Boolean> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(RACERS)) {
      for (Future<Boolean> outcome : threads.invokeAll(racers)) {
        outcomes.add(outcome.get());
      }
    }
    return outcomes;
  }

  /** Returns the session after its cell {@code number} of 100 bytes. */
  private static UploadSession received(UploadSession session, int number) {
    return session.received(
        ByteRange.at(number * 100L, 100), StoreNotes.NONE, Sessions.START.plusSeconds(60));
  }
}
