package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What breaks in the middle, and goes on. */
class InterruptedUploadsTest extends UploadsFixture {

  @Test
  void anUploadSurvivesABrowserThatCloses() {
    UploadDeclaration declaration = Sessions.grid(1_000, 300);

    // the browser sends the second cell, and closes in the middle of the first
    uploads.create(declaration);
    receive(declaration, 1);
    assertRejected(
        () -> uploads.receive(declaration.id(), cell(declaration, 0), Bytes.brokenBody(whole, 100)),
        new Rejection.Interrupted(300, 100));

    // it comes back, asks what is there, and sends the rest
    UploadSession found = uploads.describe(declaration.id()).orElseThrow();
    assertThat(found.received()).hasToString("300-600");
    uploads.create(declaration);
    receive(declaration, 2);
    UploadSession finished = receive(declaration, 0);

    assertThat(finished.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(finished)).isEqualTo(whole);
    assertThat(events)
        .hasExactlyElementsOfTypes(UploadEvent.Created.class, UploadEvent.Completed.class);
  }

  @Test
  void anAppendKeepsWhatArrivedBeforeItBroke() {
    UploadDeclaration declaration = Sessions.append(1_000);
    uploads.create(declaration);

    UploadSession broken =
        uploads.receive(declaration.id(), Chunk.openEnded(0), Bytes.brokenBody(whole, 400));
    UploadSession finished =
        uploads.receive(
            declaration.id(), Chunk.openEnded(400), Bytes.body(whole, new ByteRange(400, 1_000)));

    assertThat(broken.offset()).isEqualTo(400);
    assertThat(contentOf(finished)).isEqualTo(whole);
  }

  @Test
  void aChunkThatWasNotRecordedIsNotThere() {
    UploadDeclaration declaration = Sessions.grid(1_000, 300);
    uploads.create(declaration);
    store.failWrites(1);

    assertThatThrownBy(() -> receive(declaration, 0))
        .isInstanceOf(StorageUnavailableException.class);

    assertThat(uploads.describe(declaration.id()).orElseThrow().received().total()).isZero();
    receive(declaration, 0);
    receive(declaration, 1);
    assertThat(contentOf(receive(declaration, 2))).isEqualTo(whole);
  }

  @Test
  void whoeverAsksNextFinishesAFailedAssembly() {
    UploadDeclaration declaration = wholeButFor(2);
    store.failAssemblies(1);
    assertThatThrownBy(() -> receive(declaration, 2))
        .isInstanceOf(StorageUnavailableException.class);

    UploadSession session = uploads.describe(declaration.id()).orElseThrow();

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void theSameChunkAgainFinishesAFailedAssembly() {
    UploadDeclaration declaration = wholeButFor(2);
    store.loseAssemblies(1);
    assertThatThrownBy(() -> receive(declaration, 2))
        .isInstanceOf(StorageUnavailableException.class);

    assertThat(contentOf(receive(declaration, 2))).isEqualTo(whole);
  }

  @Test
  void aStartFinishesWhatACrashCutOff() {
    UploadDeclaration declaration = wholeButFor(2);
    store.failAssemblies(1);
    assertThatThrownBy(() -> receive(declaration, 2))
        .isInstanceOf(StorageUnavailableException.class);
    now = now.plusSeconds(5);

    assertThat(uploads(UploadLimits.NONE).finishInterrupted()).isEqualTo(new BatchOutcome(1, 0));

    assertThat(sessions.find(declaration.id()).orElseThrow().state())
        .isEqualTo(UploadState.COMPLETE);
  }

  @Test
  void aCancellationThatACrashCutOffDoesNotStandInTheWay() {
    UploadDeclaration declaration = Sessions.grid(1_000, 1_000);
    UploadSession session = uploads.create(declaration);
    sessions.replace(session.cancelled(now));

    assertThat(uploads.describe(declaration.id())).isEmpty();
    uploads.create(declaration);

    assertThat(contentOf(receive(declaration, 0))).isEqualTo(whole);
  }

  @Test
  void oneUploadThatCannotBeFreedDoesNotKeepTheOthersBack() {
    UploadDeclaration first = Sessions.grid(1_000, 300);
    UploadDeclaration second = Sessions.grid(1_000, 300);
    uploads.create(first);
    uploads.create(second);
    now = now.plus(Duration.ofDays(8));
    store.failDiscards(1);

    BatchOutcome outcome = uploads.purgeExpired(Duration.ofDays(7));

    assertThat(outcome).isEqualTo(new BatchOutcome(1, 1));
    now = now.plus(Duration.ofHours(1));
    assertThat(uploads.purgeExpired(Duration.ofDays(7))).isEqualTo(new BatchOutcome(1, 0));
    assertThat(sessions.count()).isZero();
    assertThat(memory.isEmpty()).isTrue();
  }

  @Test
  void aStoreIsNotBelievedAtOnceThatBytesAreLost() {
    UploadDeclaration declaration = wholeButFor(2);
    store.loseBytes(true);
    assertThatThrownBy(() -> receive(declaration, 2))
        .isInstanceOf(StorageUnavailableException.class);
    now = now.plus(Duration.ofMinutes(59));
    assertThatThrownBy(() -> uploads.describe(declaration.id()))
        .isInstanceOf(StorageUnavailableException.class);

    store.loseBytes(false);

    assertThat(contentOf(uploads.describe(declaration.id()).orElseThrow())).isEqualTo(whole);
  }

  @Test
  void anUploadWhoseBytesAreLostIsGivenUpAndCanBeBegunAnew() {
    UploadDeclaration declaration = wholeButFor(2);
    store.loseBytes(true);
    assertThatThrownBy(() -> receive(declaration, 2))
        .isInstanceOf(StorageUnavailableException.class);
    now = now.plus(Duration.ofMinutes(61));

    assertRejected(() -> uploads.describe(declaration.id()), new Rejection.Gone());

    assertThat(events.getLast()).isInstanceOf(UploadEvent.Lost.class);
    assertThat(memory.isEmpty()).isTrue();
    assertThat(uploads.describe(declaration.id())).isEmpty();
    assertThat(uploads.create(declaration).received().total()).isZero();
  }

  @Test
  void uploadsThatCannotBeFreedDoNotStandBeforeTheOthers() {
    for (int i = 0; i < 150; i++) {
      uploads.create(Sessions.grid(1_000, 300));
    }
    now = now.plus(Duration.ofDays(8));
    store.failDiscards(120);

    assertThat(uploads.purgeExpired(Duration.ofDays(7))).isEqualTo(new BatchOutcome(30, 120));

    now = now.plus(Duration.ofHours(1));
    assertThat(uploads.purgeExpired(Duration.ofDays(7))).isEqualTo(new BatchOutcome(120, 0));
  }

  @Test
  void anUploadThatCannotGoOnBecauseItsBytesAreLostIsGivenUpAfterAWhile() {
    UploadDeclaration declaration = wholeButFor(2);
    store.refuseMoreBytes(true);
    now = now.plus(Duration.ofMinutes(59));
    assertThatThrownBy(() -> receive(declaration, 2))
        .isInstanceOf(StorageUnavailableException.class);
    now = now.plus(Duration.ofMinutes(2));

    assertRejected(() -> receive(declaration, 2), new Rejection.Gone());

    assertThat(events.getLast()).isInstanceOf(UploadEvent.Lost.class);
    assertThat(memory.isEmpty()).isTrue();
    assertThat(uploads.describe(declaration.id())).isEmpty();
  }

  @Test
  void anUploadWhoseBytesAreSaidToBeLostGoesOnIfTheStoreFindsThemAgain() {
    UploadDeclaration declaration = wholeButFor(2);
    store.refuseMoreBytes(true);
    assertThatThrownBy(() -> receive(declaration, 2))
        .isInstanceOf(StorageUnavailableException.class);

    store.refuseMoreBytes(false);

    assertThat(contentOf(receive(declaration, 2))).isEqualTo(whole);
  }
}
