package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Sessions;
import dev.upload.s3.FaultyWire.Fate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Several nodes, each with a memory of its own, on one bucket. */
class S3SessionsNodesTest {

  private static final int NODES = 8;

  /** Trusts and keeps nothing, as if everything it sees had been there for long. */
  private static final Retention IMPATIENT =
      new Retention(
          Duration.ofSeconds(-15),
          Duration.ofSeconds(-5),
          Duration.ofDays(1),
          () -> new Moment(Instant.now(), 0));

  private Moment now = new Moment(Instant.now(), 0);
  private FaultyWire wire;
  private S3Config config;
  private Opened opened;
  private final UploadSession first = Sessions.open(Sessions.grid(100_000, 100));

  @BeforeEach
  void open() throws IOException {
    wire = new FaultyWire(EmbeddedS3.shared().endpoint());
    config = EmbeddedS3.shared().newBucket().endpoint(wire.endpoint()).build();
    opened = Opened.on(config);
  }

  @AfterEach
  void close() throws IOException {
    opened.client().close();
    wire.close();
  }

  @RepeatedTest(5)
  void oneOfManyNodesCreatesASession() throws Exception {
    assertThat(race(node -> node.insert(first))).containsOnlyOnce(true);
  }

  @RepeatedTest(5)
  void oneOfManyNodesMovesItOn() throws Exception {
    opened.sessions().insert(first);

    assertThat(race(node -> node.replace(after(first, 1)))).containsOnlyOnce(true);
  }

  @Test
  void aNodeSeesAtOnceWhatAnotherRecorded() {
    S3Sessions one = opened.sessions();
    S3Sessions other = opened.sessions();
    one.insert(first);
    other.replace(after(first, 1));

    assertThat(one.find(first.id())).contains(after(first, 1));
    assertThat(one.replace(after(after(first, 1), 2))).isTrue();
    assertThat(other.find(first.id())).contains(after(after(first, 1), 2));
  }

  @Test
  void aNodeKnowsWhatItRecordedLatelyWithoutAsking() {
    S3Sessions node = opened.sessions();
    node.insert(first);
    int before = wire.requests().size();

    assertThat(node.recent(first.id())).contains(first);
    assertThat(wire.requests()).hasSize(before);
  }

  @Test
  void aNodeRemembersNothingThatItWouldHaveToAskFor() {
    S3Sessions one = opened.sessions();
    S3Sessions other = opened.sessions();
    one.insert(first);
    int before = wire.requests().size();

    assertThat(one.remembered(first.id())).contains(first);
    assertThat(other.remembered(first.id())).isEmpty();
    assertThat(wire.requests()).hasSize(before);
  }

  @Test
  void aNodeDoesNotRememberWhatItDeleted() {
    S3Sessions node = opened.sessions();
    node.insert(first);
    node.delete(first);

    assertThat(node.remembered(first.id())).isEmpty();
  }

  @Test
  void aNodeCannotReplaceWhatItKnowsOnceAnotherHasMovedOn() {
    S3Sessions one = opened.sessions();
    S3Sessions other = opened.sessions();
    one.insert(first);
    other.replace(after(first, 1));

    UploadSession known = one.recent(first.id()).orElseThrow();

    assertThat(one.replace(after(known, 2))).isFalse();
    assertThat(one.find(first.id())).contains(after(first, 1));
  }

  @Test
  void aSessionThatThisNodeSawLatelyIsFoundWithoutAListing() {
    S3Sessions node = opened.sessions();
    node.insert(first);
    int before = wire.requests().size();

    node.find(first.id());

    List<String> asked = wire.requests().subList(before, wire.requests().size());
    assertThat(asked).singleElement().asString().contains("GET").doesNotContain("list-type");
  }

  @Test
  void aCommitIsOneRequest() {
    S3Sessions node = opened.sessions();
    node.insert(first);
    int before = wire.requests().size();

    assertThat(node.replace(after(first, 1))).isTrue();

    assertThat(wire.requests()).hasSize(before + 1);
  }

  @Test
  void aCommitWhoseAnswerWasLostIsRecognised() {
    S3Sessions node = opened.sessions();
    node.insert(first);
    wire.fail(1, "PUT ", Fate.ANSWER_LOST);

    assertThat(node.replace(after(first, 1))).isTrue();

    assertThat(opened.sessions().find(first.id())).contains(after(first, 1));
  }

  @Test
  void aCommitThatWasDoneAndAnsweredWith500IsRecognised() {
    S3Sessions node = opened.sessions();
    wire.fail(1, "PUT ", Fate.DONE_BUT_500);

    assertThat(node.insert(first)).isTrue();
  }

  @Test
  void anOutcomeThatStaysUnknownIsSaidToBeUnknown() {
    wire.rule(line -> line.startsWith("PUT ") ? Fate.SLOW_DOWN : Fate.PASS);

    assertThatThrownBy(() -> opened.sessions().insert(first))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining(first.id().value());
  }

  @Test
  void aNodeThatSleptBeforeItBeganDoesNotCommitWhatOthersHavePassed() {
    S3Sessions sleeper = opened.sessions(patient());
    sleeper.insert(first);
    othersGoOnAndClean(6);
    sleep();

    assertThat(sleeper.replace(after(first, 99))).isFalse();

    assertThat(opened.sessions().find(first.id()).orElseThrow().version()).isEqualTo(7);
  }

  @Test
  void aNodeThatSleptInTheMiddleOfACommitDoesNotTakeItForOne() throws IOException {
    SleepyClient client = new SleepyClient(opened.client());
    S3Sessions sleeper = Opened.on(config, client).sessions(patient());
    sleeper.insert(first);
    client.sleepWhile(
        () -> {
          othersGoOnAndClean(6);
          sleep();
        });

    // version 2 is gone, so that it can be created once more
    assertThat(sleeper.replace(after(first, 99))).isFalse();

    assertThat(opened.sessions().find(first.id()).orElseThrow().version()).isEqualTo(7);
    new Sweep(opened.chains(), IMPATIENT, new Glances(), freed -> {}).chain(first.id());
    assertThat(opened.chains().get(first.id(), 2)).isEmpty();
  }

  @Test
  void aVersionThatOthersHaveGoneOnFromIsNotTakenBack() throws IOException {
    SleepyClient client = new SleepyClient(opened.client());
    S3Sessions sleeper = Opened.on(config, client).sessions(patient());
    sleeper.insert(first);
    S3Sessions lagging = opened.sessions();
    lagging.find(first.id());
    client.sleepAfterwards(
        () -> {
          opened.sessions().replace(after(after(first, 1), 2));
          sleep();
        });

    sleeper.replace(after(first, 1));

    // who saw version 1 a moment ago has to find version 2, not to create it once more
    assertThat(lagging.replace(after(first, 99))).isFalse();
    assertThat(lagging.find(first.id())).contains(after(after(first, 1), 2));
  }

  @Test
  void anUploadThatOthersHaveGoneOnWithWasBegun() throws IOException {
    StoreNotes notes = PartManifest.opened(new EqualParts(8 << 20), "0123456789abcdef");
    UploadSession begun = UploadSession.opened(first.declaration(), notes);
    SleepyClient client = new SleepyClient(opened.client());
    S3Sessions sleeper = Opened.on(config, client).sessions(patient());
    client.sleepAfterwards(
        () -> {
          opened.sessions().replace(after(begun, 1));
          sleep();
        });

    // else its notes, which are the recorded ones, would be discarded
    assertThat(sleeper.insert(begun)).isTrue();

    assertThat(opened.sessions().find(first.id())).contains(after(begun, 1));
  }

  @Test
  void aNodeThatSleptDoesNotReviveADeletedSession() {
    SleepyClient client = new SleepyClient(opened.client());
    S3Sessions sleeper = Opened.on(config, client).sessions(patient());
    sleeper.insert(first);
    client.sleepWhile(
        () -> {
          UploadSession last = othersGoOnAndClean(3);
          opened.sessions(IMPATIENT).delete(last);
          EmbeddedS3.keys(config).forEach(opened.bucket()::delete); // even if all trace is gone
          sleep();
        });

    assertThat(sleeper.replace(after(first, 99))).isFalse();

    assertThat(opened.sessions().find(first.id())).isEmpty();
  }

  @Test
  void aNodeThatSleptDoesNotCommitToALaterSessionOfTheSameId() {
    SleepyClient client = new SleepyClient(opened.client());
    S3Sessions sleeper = Opened.on(config, client).sessions(patient());
    sleeper.insert(first);
    client.sleepWhile(
        () -> {
          EmbeddedS3.keys(config).forEach(opened.bucket()::delete);
          opened.sessions().insert(first);
          sleep();
        });

    assertThat(sleeper.replace(after(first, 99))).isFalse();

    assertThat(opened.sessions().find(first.id())).contains(first);
  }

  @Test
  void versionsThatNobodyCanNeedAreRemoved() {
    S3Sessions node = opened.sessions(IMPATIENT);
    UploadSession session = first;
    node.insert(session);
    for (int cell = 0; cell < 100; cell++) {
      session = after(session, cell);
      assertThat(node.replace(session)).isTrue();
    }

    assertThat(EmbeddedS3.keys(config)).hasSizeLessThan(40);
    assertThat(opened.sessions().find(first.id())).contains(session);
  }

  @Test
  void aDeletionIsForgottenAfterADay() {
    S3Sessions node = opened.sessions();
    node.insert(first);
    node.delete(first);
    assertThat(EmbeddedS3.keys(config)).isNotEmpty();
    now = new Moment(Instant.now().plus(Duration.ofDays(2)), 0);

    opened.sessions(patient()).untouchedSince(UploadState.OPEN, Instant.now(), 10);

    assertThat(EmbeddedS3.keys(config)).isEmpty();
  }

  @Test
  void objectsOfOthersAmongTheRecordsAreLeftAlone() {
    String foreign = opened.keys().chain(first.id()) + "0-notes.txt";
    opened.bucket().put(foreign, Content.of(new byte[] {1}));
    S3Sessions node = opened.sessions();

    assertThat(node.insert(first)).isTrue();
    assertThat(node.untouchedSince(UploadState.OPEN, Instant.now(), 10)).containsExactly(first);

    assertThat(EmbeddedS3.keys(config)).contains(foreign);
  }

  @Test
  void anEmptyAnswerDoesNotMeanThatThereIsNoSession() {
    opened.sessions().insert(first);
    wire.rule(line -> line.contains("list-type") ? Fate.EMPTY_200 : Fate.PASS);

    assertThatThrownBy(() -> opened.sessions().find(first.id()))
        .isInstanceOf(StorageUnavailableException.class);
  }

  @Test
  void anEmptyAnswerDoesNotMeanThatProgressIsRecorded() {
    S3Sessions node = opened.sessions();
    node.insert(first);
    wire.rule(line -> line.startsWith("PUT ") ? Fate.EMPTY_200 : Fate.PASS);

    assertThatThrownBy(() -> node.replace(after(first, 1)))
        .isInstanceOf(StorageUnavailableException.class);

    wire.rule(line -> Fate.PASS);
    assertThat(node.find(first.id())).contains(first);
    assertThat(node.replace(after(first, 1))).isTrue();
  }

  @Test
  void aRecordThatCannotBeReadDoesNotHideTheOthers() {
    S3Sessions node = opened.sessions();
    node.insert(first);
    for (String content :
        List.of("", "[]", "{\"link.writer\":1}", "{\"link.writer\":\"w\",\"id\":\"x\"}")) {
      opened
          .bucket()
          .put(
              opened.keys().link(Sessions.newId(), 1),
              Content.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    assertThat(node.untouchedSince(UploadState.OPEN, Instant.now(), 10)).containsExactly(first);
  }

  @Test
  void aRecordThatCannotBeHadNowDoesNotHideTheOthers() {
    S3Sessions node = opened.sessions();
    UploadSession second = Sessions.open(Sessions.grid(100_000, 100));
    node.insert(first);
    node.insert(second);
    wire.rule(
        line ->
            line.contains(first.id().value()) && line.startsWith("GET ")
                ? Fate.NOT_DONE_BUT_500
                : Fate.PASS);

    assertThat(node.untouchedSince(UploadState.OPEN, Instant.now(), 10)).containsExactly(second);
  }

  @Test
  void aSearchReadsOnlyWhatHasChangedSinceTheLastOne() {
    S3Sessions node = opened.sessions();
    UploadSession second = Sessions.open(Sessions.grid(100_000, 100));
    node.insert(first);
    node.insert(second);
    node.untouchedSince(UploadState.ASSEMBLING, Instant.now(), 10);
    opened.sessions().replace(after(first, 1)); // on another node
    int before = wire.requests().size();

    assertThat(node.untouchedSince(UploadState.ASSEMBLING, Instant.now(), 10)).isEmpty();

    List<String> asked = wire.requests().subList(before, wire.requests().size());
    assertThat(asked).hasSize(2).first().asString().contains("list-type");
    assertThat(asked.getLast()).contains(first.id().value());
  }

  @Test
  void aSearchForTheOldestReadsNoYoungerOnesThatItKnows() {
    S3Sessions node = opened.sessions();
    UploadSession younger = after(Sessions.open(Sessions.grid(100_000, 100)), 1).asVersion(1);
    node.insert(first);
    node.insert(younger);
    node.untouchedSince(UploadState.OPEN, Instant.now(), 10);
    int before = wire.requests().size();

    assertThat(node.untouchedSince(UploadState.OPEN, Instant.now(), 1)).containsExactly(first);

    assertThat(wire.requests()).hasSizeLessThanOrEqualTo(before + 3);
  }

  private Retention patient() {
    return Retention.standard(() -> now);
  }

  private void sleep() {
    now = new Moment(now.wall().plusSeconds(3_600), now.nanos());
  }

  /** Another node records {@code commits} more versions and removes all but the newest. */
  private UploadSession othersGoOnAndClean(int commits) {
    S3Sessions other = opened.sessions(IMPATIENT);
    UploadSession session = first;
    for (int cell = 0; cell < commits; cell++) {
      session = after(session, cell);
      assertThat(other.replace(session)).isTrue();
    }
    new Sweep(opened.chains(), IMPATIENT, new Glances(), freed -> {}).chain(first.id());
    return session;
  }

  private interface Step {
    boolean on(S3Sessions node);
  }

  private List<Boolean> race(Step step) throws Exception {
    CyclicBarrier start = new CyclicBarrier(NODES);
    List<Future<Boolean>> racers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int node = 0; node < NODES; node++) {
        S3Sessions sessions = opened.sessions();
        racers.add(
            threads.submit(
                () -> {
                  start.await();
                  return step.on(sessions);
                }));
      }
    }
    List<Boolean> outcomes = new ArrayList<>();
    for (Future<Boolean> racer : racers) {
      outcomes.add(racer.get());
    }
    return outcomes;
  }

  private static UploadSession after(UploadSession session, int cell) {
    return session.received(
        ByteRange.at(cell * 100L, 100), StoreNotes.NONE, Sessions.START.plusSeconds(cell));
  }
}
