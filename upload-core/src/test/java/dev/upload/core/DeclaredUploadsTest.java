package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Uploads that are whole when their client says so. */
class DeclaredUploadsTest extends UploadsFixture {

  @Test
  void areCompleteWithTheirLastChunk() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();
    append(id, 0, 600);

    UploadSession session = appendLast(id, 600, 1_000);

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(session.length()).hasValue(1_000);
    assertThat(contentOf(session)).isEqualTo(whole);
    assertThat(sessions.find(id)).contains(session);
    assertThat(events)
        .hasExactlyElementsOfTypes(UploadEvent.Created.class, UploadEvent.Completed.class);
  }

  @Test
  void areCompleteWithAnEmptyLastChunk() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();
    append(id, 0, 1_000);

    UploadSession session = appendLast(id, 1_000, 1_000);

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void mayHaveNoByteAtAll() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();

    UploadSession session = appendLast(id, 0, 0);

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEmpty();
  }

  @Test
  void stayOpenWithAllTheBytesOfTheirLengthUntilTheClientSaysSo() {
    UploadId id = uploads.create(Sessions.declared(1_000)).id();

    UploadSession full = append(id, 0, 1_000);

    assertThat(full.state()).isEqualTo(UploadState.OPEN);
    assertThat(full.isFull()).isTrue();
    assertThat(appendLast(id, 1_000, 1_000).state()).isEqualTo(UploadState.COMPLETE);
  }

  @Test
  void keepWhatCameOfALastChunkThatBrokeOffAndAreNotComplete() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();

    UploadSession session = uploads.receive(id, last(0), Bytes.brokenBody(whole, 400));

    assertThat(session.state()).isEqualTo(UploadState.OPEN);
    assertThat(session.offset()).isEqualTo(400);
    assertThat(session.length()).isEmpty();
  }

  @Test
  void areNotCompleteWithALastChunkThatHasFewerBytesThanItAnnounced() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();
    Chunk announced = new Chunk(0, OptionalLong.of(1_000), true);

    UploadSession session = uploads.receive(id, announced, Bytes.body(Bytes.random(400, 1)));

    assertThat(session.state()).isEqualTo(UploadState.OPEN);
    assertThat(session.offset()).isEqualTo(400);
  }

  @Test
  void areNotCompleteWhereTheyEndBeforeTheirLengthButKeepWhatCame() {
    UploadId id = uploads.create(Sessions.declared(1_000)).id();

    assertRejected(
        () -> appendLast(id, 0, 600),
        new Rejection.Inconsistent(
            "Upload-Length", "it is 1000, and the upload was to end at 600"));

    UploadSession session = uploads.describe(id).orElseThrow();
    assertThat(session.state()).isEqualTo(UploadState.OPEN);
    assertThat(session.offset()).isEqualTo(600);
    assertThat(appendLast(id, 600, 1_000).state()).isEqualTo(UploadState.COMPLETE);
  }

  @Test
  void takeNothingOfALastChunkThatAnnouncesAnotherEnd() {
    UploadId id = uploads.create(Sessions.declared(1_000)).id();
    Chunk announced = new Chunk(0, OptionalLong.of(600), true);

    assertRejected(
        () -> uploads.receive(id, announced, Bytes.body(whole, announced.range())),
        new Rejection.Inconsistent("Upload-Length", "it is 1000 already"));

    assertThat(uploads.describe(id).orElseThrow().offset()).isZero();
  }

  @Test
  void areRecordedOnceWhereTheyComeSmallAndWhole() {
    UploadDeclaration declaration = Sessions.appendOfUnknownLength();

    UploadSession session = begin(declaration, Bytes.body(whole));

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(session.version()).isEqualTo(1);
    assertThat(session.length()).hasValue(1_000);
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void areBegunByASmallWholeThatBreaksOff() {
    UploadDeclaration declaration = Sessions.appendOfUnknownLength();

    begin(declaration, Bytes.brokenBody(whole, 400));

    UploadSession session = uploads.describe(declaration.id()).orElseThrow();
    assertThat(session.state()).isEqualTo(UploadState.OPEN);
    assertThat(session.offset()).isEqualTo(400);
    assertThat(appendLast(declaration.id(), 400, 1_000).state()).isEqualTo(UploadState.COMPLETE);
  }

  @Test
  void areFinishedByWhoeverAsksWhereTheirAssemblyFailed() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();
    store.failAssemblies(1);
    assertThatThrownBy(() -> appendLast(id, 0, 1_000))
        .isInstanceOf(StorageUnavailableException.class);
    now = now.plusSeconds(1);

    assertThat(uploads.finishInterrupted()).isEqualTo(new BatchOutcome(1, 0));

    assertThat(contentOf(uploads.describe(id).orElseThrow())).isEqualTo(whole);
  }

  @Test
  void expireWhileNobodyHasDeclaredThem() {
    UploadId id = uploads.create(Sessions.declared(1_000)).id();
    append(id, 0, 1_000);
    now = now.plusSeconds(3_600);

    uploads.purgeExpired(Duration.ofMinutes(1));

    assertThat(uploads.describe(id)).isEmpty();
    assertThat(memory.isEmpty()).isTrue();
  }

  @Test
  void theLastChunkSaysTheLengthOfAnUploadThatWaitsForOne() {
    UploadId id = uploads.create(Sessions.appendOfDeferredLength()).id();

    UploadSession session = appendLast(id, 0, 1_000);

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(session.length()).hasValue(1_000);
  }

  @Test
  void theLastChunkOfAPartMakesItFullAndNoMore() {
    UploadId id = uploads.create(Sessions.partialOfDeferredLength()).id();

    UploadSession session = appendLast(id, 0, 1_000);

    assertThat(session.state()).isEqualTo(UploadState.OPEN);
    assertThat(session.isFull()).isTrue();
  }

  private UploadSession begin(UploadDeclaration declaration, ChunkBody body) {
    return uploads.receive(declaration, new Chunk(0, OptionalLong.of(1_000), true), body);
  }

  private UploadSession append(UploadId id, int from, int to) {
    return uploads.receive(id, Chunk.openEnded(from), Bytes.body(whole, new ByteRange(from, to)));
  }

  private UploadSession appendLast(UploadId id, int from, int to) {
    return uploads.receive(id, last(from), Bytes.body(whole, new ByteRange(from, to)));
  }

  private static Chunk last(long offset) {
    return new Chunk(offset, OptionalLong.empty(), true);
  }
}
