package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Owner;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcatenateUploadsTest extends UploadsFixture {

  @Test
  void thePartsMakeTheWholeInTheOrderGiven() {
    UploadId first = part(0, 300);
    UploadId second = part(300, 1_000);

    UploadSession session = uploads.concatenate(Sessions.concatenation(List.of(first, second)));

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEqualTo(whole);
    assertThat(uploads.describe(first).orElseThrow().offset()).isEqualTo(300);
  }

  @Test
  void aPartMayBeThereSeveralTimesAndInSeveralWholes() {
    UploadId part = part(0, 10);

    UploadSession twice = uploads.concatenate(Sessions.concatenation(List.of(part, part)));
    UploadSession once = uploads.concatenate(Sessions.concatenation(List.of(part)));

    byte[] bytes = Bytes.slice(whole, new ByteRange(0, 10));
    assertThat(contentOf(once)).isEqualTo(bytes);
    assertThat(contentOf(twice)).startsWith(bytes).endsWith(bytes).hasSize(20);
  }

  @Test
  void aPartIsNoFinishedFile() {
    UploadSession part = uploads.describe(part(0, 300)).orElseThrow();

    assertThat(part.state()).isEqualTo(UploadState.OPEN);
    assertThat(events).hasExactlyElementsOfTypes(UploadEvent.Created.class);
  }

  @Test
  void aWholeWaitsForItsParts() {
    UploadDeclaration late = Sessions.partial(700);
    uploads.create(late);
    UploadDeclaration declaration = Sessions.concatenation(List.of(part(0, 300), late.id()));

    UploadSession waiting = uploads.concatenate(declaration);
    uploads.receive(late.id(), Chunk.openEnded(0), Bytes.body(whole, new ByteRange(300, 1_000)));

    assertThat(waiting.state()).isEqualTo(UploadState.OPEN);
    assertThat(waiting.length()).hasValue(1_000);
    assertThat(uploads.finishWaiting()).isEqualTo(new BatchOutcome(1, 0));
    assertThat(uploads.finishWaiting()).isEqualTo(new BatchOutcome(0, 0));
    assertThat(sessions.find(declaration.id()).orElseThrow().state())
        .isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(uploads.describe(declaration.id()).orElseThrow())).isEqualTo(whole);
  }

  @Test
  void aCopyThatFailedIsTakenUpByWhoeverAsks() {
    UploadDeclaration declaration = Sessions.concatenation(List.of(part(0, 300), part(300, 1_000)));
    store.failWrites(1);
    assertThatThrownBy(() -> uploads.concatenate(declaration))
        .isInstanceOf(StorageUnavailableException.class);

    UploadSession session = uploads.describe(declaration.id()).orElseThrow();

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void aWholeWhosePartIsGoneStaysUnfinished() {
    UploadId part = uploads.create(Sessions.partial(300)).id();
    UploadDeclaration declaration = Sessions.concatenation(List.of(part));
    uploads.concatenate(declaration);
    uploads.cancel(part);

    UploadSession session = uploads.describe(declaration.id()).orElseThrow();

    assertThat(session.state()).isEqualTo(UploadState.OPEN);
  }

  @Test
  void theSameWholeMayBeAskedForAgain() {
    UploadDeclaration declaration = Sessions.concatenation(List.of(part(0, 300)));
    UploadSession session = uploads.concatenate(declaration);

    assertThat(uploads.concatenate(declaration)).isEqualTo(session);
  }

  @Test
  void aWholeIsNotGivenUpWhileItsBytesCome() {
    UploadDeclaration declaration = Sessions.concatenation(List.of(part(0, 300)));
    Uploads shared =
        Uploads.over(store, sessions).locks(new LocalUploadLocks(Duration.ofMillis(20))).build();
    store.beforeCopy(
        () -> assertRejected(() -> shared.cancel(declaration.id()), new Rejection.Busy()));

    UploadSession session = shared.concatenate(declaration);

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
  }

  @Test
  void whoeverAsksForAWholeThatIsBeingCopiedIsAnsweredAtOnce() {
    UploadDeclaration declaration = Sessions.concatenation(List.of(part(0, 300)));
    List<UploadState> seen = new ArrayList<>();
    store.beforeCopy(
        () -> {
          Thread asking =
              Thread.startVirtualThread(
                  () -> seen.add(uploads.describe(declaration.id()).orElseThrow().state()));
          try {
            asking.join(Duration.ofSeconds(10));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });

    uploads.concatenate(declaration);

    assertThat(seen).containsExactly(UploadState.OPEN);
  }

  @Test
  void aWholeThatGrewBeyondTheLimitWaitsUntilItIsTakenAway() {
    UploadId part = uploads.create(Sessions.partialOfDeferredLength()).id();
    UploadDeclaration declaration = Sessions.concatenation(List.of(part, part));
    Uploads small = uploads(new UploadLimits(1_500, 1_500, 2_500, 10_000));
    small.concatenate(declaration);
    uploads.receive(part, Chunk.openEnded(0), Bytes.body(whole));
    uploads.declareLength(part, 1_000);

    assertThat(small.describe(declaration.id()).orElseThrow().state()).isEqualTo(UploadState.OPEN);
    small.remove(declaration.id());

    assertThat(small.describe(declaration.id())).isEmpty();
  }

  @Test
  void aWholeOneOfWhosePartsIsLostIsGivenUpWithItAfterAWhile() {
    UploadId lost = part(0, 300);
    UploadId later = uploads.create(Sessions.partial(700)).id();
    UploadDeclaration declaration = Sessions.concatenation(List.of(lost, later));
    uploads.concatenate(declaration);
    now = now.plus(Duration.ofMinutes(61));
    uploads.receive(later, Chunk.openEnded(0), Bytes.body(whole, new ByteRange(300, 1_000)));
    store.beforeCopy(
        () -> {
          throw StorageUnavailableException.lost(lost, "could not copy", new IOException("it"));
        });

    assertRejected(() -> uploads.describe(declaration.id()), new Rejection.Gone());

    assertThat(uploads.describe(declaration.id())).isEmpty();
    assertThat(uploads.describe(lost)).isEmpty();
    assertThat(uploads.describe(later)).isPresent();
  }

  @Test
  void nothingCanBeSentToAWhole() {
    UploadId id = uploads.concatenate(Sessions.concatenation(List.of(part(0, 300)))).id();

    assertRejected(
        () -> uploads.receive(id, Chunk.openEnded(300), Bytes.body(whole)),
        new Rejection.NotAppendable());
  }

  @Test
  void onlyPartsOfTheSameOwnerCanBeConcatenated() {
    UploadDeclaration own = Sessions.concatenation(List.of(part(0, 300)));
    UploadDeclaration strange =
        new UploadDeclaration(
            own.id(),
            new Owner("mallory"),
            own.policy(),
            own.length(),
            own.metadata(),
            own.destination(),
            own.createdAt());

    assertThatThrownBy(() -> uploads.concatenate(strange))
        .hasMessageContaining("no partial upload");
  }

  @Test
  void whatIsNoPartCannotBeConcatenated() {
    UploadId ordinary = uploads.create(Sessions.append(1_000)).id();
    UploadId unknown = Sessions.newId();

    assertRejected(
        () -> uploads.concatenate(Sessions.concatenation(List.of(ordinary))),
        new Rejection.Inconsistent("Upload-Concat", "there is no partial upload " + ordinary));
    assertRejected(
        () -> uploads.concatenate(Sessions.concatenation(List.of(unknown))),
        new Rejection.Inconsistent("Upload-Concat", "there is no partial upload " + unknown));
  }

  @Test
  void aWholeBeyondTheLimitIsRefusedAtOnce() {
    UploadId large = uploads.create(Sessions.partial(600_000)).id();

    assertRejected(
        () -> uploads.concatenate(Sessions.concatenation(List.of(large, large))),
        new Rejection.TooLarge("Upload-Concat", 1_000_000, 1_200_000));
  }

  private UploadId part(int from, int to) {
    UploadDeclaration declaration = Sessions.partial(to - from);
    uploads.create(declaration);
    uploads.receive(
        declaration.id(), Chunk.openEnded(0), Bytes.body(whole, new ByteRange(from, to)));
    return declaration.id();
  }
}
