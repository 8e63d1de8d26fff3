package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Sessions;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is given up while somebody else works with it. */
@Timeout(60)
class CancelRacesTest extends UploadsFixture {

  @Test
  void anUploadThatIsBeingCancelledCanBeBegunAnew() throws Exception {
    UploadDeclaration declaration = Sessions.grid(1_000, 1_000);
    uploads.create(declaration);
    FutureTask<UploadSession> again = new FutureTask<>(() -> uploads.create(declaration));
    store.beforeDiscard(
        () -> {
          Thread creator = Thread.ofPlatform().start(again);
          while (creator.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait(); // until it waits for the canceller's lease
          }
        });

    uploads.cancel(declaration.id());

    assertThat(again.get().state()).isEqualTo(UploadState.OPEN);
    assertThat(contentOf(receive(declaration, 0))).isEqualTo(whole);
  }

  @Test
  void anUploadThatIsGivenUpForABrokenChunkIsKeptIfAnotherChunkCameMeanwhile() {
    UploadDeclaration declaration = Sessions.grid(1_000, 300);
    uploads.create(declaration);
    receive(declaration, 1);

    assertThat(uploads.cancelIfEmpty(declaration.id())).isFalse();

    receive(declaration, 0);
    assertThat(contentOf(receive(declaration, 2))).isEqualTo(whole);
    assertThat(uploads.cancelIfEmpty(declaration.id())).isFalse();
  }

  @Test
  void anUploadThatHoldsNothingIsGivenUpOnce() {
    UploadDeclaration declaration = Sessions.grid(1_000, 300);
    uploads.create(declaration);

    assertThat(uploads.cancelIfEmpty(declaration.id())).isTrue();
    assertThat(uploads.cancelIfEmpty(declaration.id())).isFalse();

    assertThat(sessions.count()).isZero();
    assertThat(memory.isEmpty()).isTrue();
  }

  @Test
  void whatAClientGoesOnWithWhileOthersArePurgedIsKept() {
    UploadDeclaration one = Sessions.grid(1_000, 300);
    UploadDeclaration other = Sessions.grid(1_000, 300);
    uploads.create(one);
    now = now.plusSeconds(1);
    uploads.create(other);
    receive(other, 1);
    now = now.plus(Duration.ofDays(8));
    store.beforeDiscard(() -> receive(other, 0));

    assertThat(uploads.purgeExpired(Duration.ofDays(7))).isEqualTo(new BatchOutcome(1, 0));

    assertThat(uploads.describe(one.id())).isEmpty();
    assertThat(uploads.describe(other.id()).orElseThrow().received()).hasToString("0-600");
  }
}
