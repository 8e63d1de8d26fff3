package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class UploadsTest extends UploadsFixture {

  @Test
  void aChunkThatIsThereIsNotWrittenAgain() {
    UploadDeclaration declaration = Sessions.grid(1_000, 300);
    uploads.create(declaration);
    receive(declaration, 1);

    uploads.receive(declaration.id(), cell(declaration, 1), Bytes.body(Bytes.random(300, 99)));
    receive(declaration, 0);
    UploadSession session = receive(declaration, 2);

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void chunksMayComeSideBySideAndTwice() throws Exception {
    byte[] bytes = Bytes.random(100_000, 5);
    UploadDeclaration declaration = Sessions.grid(bytes.length, 777);
    ChunkGrid grid = (ChunkGrid) declaration.policy();
    List<Integer> cells = new ArrayList<>();
    for (int i = 0; i < grid.count() * 2; i++) {
      cells.add(i % grid.count());
    }
    Collections.shuffle(cells, new java.util.Random(3));

    List<Future<UploadSession>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int cell : cells) {
        answers.add(
            threads.submit(
                () -> {
                  uploads.create(declaration);
                  return uploads.receive(
                      declaration.id(),
                      Chunk.filling(grid.cell(cell)),
                      Bytes.body(bytes, grid.cell(cell)));
                }));
      }
    }
    for (Future<UploadSession> answer : answers) {
      answer.get();
    }

    UploadSession session = uploads.describe(declaration.id()).orElseThrow();
    assertThat(contentOf(session)).isEqualTo(bytes);
    assertThat(events)
        .hasExactlyElementsOfTypes(UploadEvent.Created.class, UploadEvent.Completed.class);
    assertThat(store.assemblies()).isEqualTo(1);
  }

  @Test
  void anEmptyFileIsWholeWithItsEmptyChunk() {
    UploadDeclaration declaration = Sessions.grid(0, 300);

    assertThat(uploads.create(declaration).state()).isEqualTo(UploadState.OPEN);
    UploadSession session =
        uploads.receive(declaration.id(), cell(declaration, 0), Bytes.body(new byte[0]));

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEmpty();
  }

  @Test
  void anAppendElsewhereThanAtTheOffsetIsRefused() {
    UploadDeclaration declaration = Sessions.append(1_000);
    uploads.create(declaration);

    assertRejected(
        () -> uploads.receive(declaration.id(), Chunk.openEnded(1), Bytes.body(whole)),
        new Rejection.OffsetMismatch(0, 1));
  }

  @Test
  void anOverlongBodyDoesNotReachItsNeighbour() {
    UploadDeclaration declaration = Sessions.grid(1_000, 300);
    uploads.create(declaration);
    receive(declaration, 1);

    assertRejected(
        () ->
            uploads.receive(
                declaration.id(), cell(declaration, 0), Bytes.body(Bytes.random(301, 9))),
        new Rejection.Malformed("body", "it is longer than the 300 bytes announced"));

    receive(declaration, 0);
    assertThat(contentOf(receive(declaration, 2))).isEqualTo(whole);
  }

  @Test
  void aShortBodyIsRefused() {
    UploadDeclaration declaration = Sessions.grid(1_000, 300);
    uploads.create(declaration);

    assertRejected(
        () ->
            uploads.receive(
                declaration.id(), cell(declaration, 0), Bytes.body(Bytes.random(299, 9))),
        new Rejection.Malformed("body", "it has 299 bytes where 300 were announced"));

    assertThat(uploads.describe(declaration.id()).orElseThrow().received().total()).isZero();
  }

  @Test
  void limitsAreKept() {
    assertRejected(
        () -> uploads.create(Sessions.grid(1_000_001, 1_000)),
        new Rejection.TooLarge("length", 1_000_000, 1_000_001));
    UploadDeclaration largeChunks = Sessions.grid(2_000, 2_000);
    uploads.create(largeChunks);
    assertRejected(
        () -> uploads.receive(largeChunks.id(), cell(largeChunks, 0), Bytes.body(new byte[2_000])),
        new Rejection.TooLarge("chunk", 1_500, 2_000));
  }

  @Test
  void holesAreBounded() {
    Uploads bounded = uploads(new UploadLimits(1_000_000, 1_000, 1_000, 3));
    UploadDeclaration declaration = Sessions.grid(1_000, 50);
    bounded.create(declaration);
    for (int cell = 0; cell <= 6; cell += 2) {
      receive(bounded, declaration, cell);
    }

    assertRejected(
        () -> receive(bounded, declaration, 8),
        new Rejection.TooLarge("gaps between chunks", 3, 4));

    receive(bounded, declaration, 1);
    receive(bounded, declaration, 8);
  }

  @Test
  void anotherUploadOfTheSameIdIsRefused() {
    UploadDeclaration one = Sessions.grid(1_000, 300);
    UploadDeclaration other =
        new UploadDeclaration(
            one.id(),
            one.owner(),
            new ChunkGrid(1_000, 500, 2),
            one.length(),
            one.metadata(),
            one.destination(),
            one.createdAt());
    uploads.create(one);

    assertThatThrownBy(() -> uploads.create(other)).isInstanceOf(UploadRejectedException.class);
  }

  @Test
  void cancellingFreesEverything() {
    UploadDeclaration declaration = Sessions.grid(1_000, 300);
    uploads.create(declaration);
    receive(declaration, 0);

    uploads.cancel(declaration.id());

    assertThat(uploads.describe(declaration.id())).isEmpty();
    assertThat(memory.isEmpty()).isTrue();
    assertThat(sessions.count()).isZero();
    assertThat(events.getLast()).isInstanceOf(UploadEvent.Cancelled.class);
    assertRejected(() -> receive(declaration, 1), new Rejection.UnknownUpload());
  }

  @Test
  void aFinishedUploadCannotBeCancelled() {
    UploadDeclaration declaration = wholeButFor(2);
    receive(declaration, 2);

    assertRejected(
        () -> uploads.cancel(declaration.id()),
        new Rejection.WrongState("The upload is finished."));
  }

  @Test
  void timePurgesWhatNobodyGoesOnWith() {
    UploadDeclaration forgotten = Sessions.grid(1_000, 300);
    uploads.create(forgotten);
    receive(forgotten, 0);
    now = now.plus(Duration.ofDays(6));
    UploadDeclaration young = Sessions.grid(1_000, 300);
    uploads.create(young);
    receive(young, 0);
    now = now.plus(Duration.ofDays(2));

    assertThat(uploads.purgeExpired(Duration.ofDays(7))).isEqualTo(new BatchOutcome(1, 0));

    assertThat(uploads.describe(forgotten.id())).isEmpty();
    assertThat(uploads.describe(young.id())).isPresent();
    assertThat(events.getLast()).isInstanceOf(UploadEvent.Expired.class);
  }

  @Test
  void onlyAFinishedUploadCanBeRead() {
    UploadSession session = uploads.create(Sessions.grid(1_000, 300));

    assertThatThrownBy(() -> uploads.read(session, new ByteRange(0, 1)))
        .isInstanceOf(UploadRejectedException.class);
  }
}
