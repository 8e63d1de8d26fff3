package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.DigestProgress;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.model.WholeDigests;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.RememberingDigests;
import dev.upload.core.testing.Sessions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Digests of wholes, calculated while their bytes come. */
class WholeDigestsTest extends UploadsFixture {

  private static final WholeDigests BOTH =
      new WholeDigests(Set.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA512), List.of());

  private final Uploads digesting = digesting();

  @Test
  void areThoseOfAllTheBytesHoweverTheyCame() {
    UploadId id = begun(Sessions.appendOfUnknownLength(), BOTH);

    append(id, 0, 100);
    append(id, 100, 100);
    uploads().receive(id, Chunk.openEnded(100), Bytes.brokenBody(slice(100, 300), 55));
    append(id, 155, 600);
    UploadSession session = appendLast(id, 600, 1_000);

    assertThat(session.digests())
        .containsExactlyInAnyOrder(
            digest(DigestAlgorithm.SHA256, whole), digest(DigestAlgorithm.SHA512, whole));
    assertThat(sessions.find(id)).contains(session);
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void goOnWithAnotherProcess() {
    UploadId id = begun(Sessions.append(1_000), BOTH);
    append(id, 0, 300);

    UploadSession session =
        digesting().receive(id, Chunk.openEnded(300), Bytes.body(slice(300, 1_000)));

    assertThat(session.digests()).contains(digest(DigestAlgorithm.SHA512, whole));
  }

  @Test
  void areRecordedWithEachPiece() {
    UploadId id = begun(Sessions.append(1_000), BOTH);
    List<Long> offsets = new ArrayList<>();
    Progress progress =
        new Progress(300, Duration.ofDays(1), now -> offsets.add(now.digested().offset()));

    UploadSession session = uploads().receive(id, Chunk.openEnded(0), Bytes.body(whole), progress);

    assertThat(offsets).containsExactly(300L, 600L, 900L);
    assertThat(session.digests()).contains(digest(DigestAlgorithm.SHA256, whole));
  }

  @Test
  void areMadeOfASmallWholeThatIsRecordedOnce() {
    UploadDeclaration declaration = Sessions.appendOfUnknownLength().withDigests(expecting(whole));

    UploadSession session =
        uploads()
            .receive(declaration, new Chunk(0, OptionalLong.of(1_000), true), Bytes.body(whole));

    assertThat(session.version()).isEqualTo(1);
    assertThat(session.digests()).containsExactly(digest(DigestAlgorithm.SHA256, whole));
  }

  @Test
  void areMadeWhereTheLengthIsSaidBehindTheLastByte() {
    UploadId id = begun(Sessions.appendOfDeferredLength(), expecting(whole));
    append(id, 0, 1_000);

    UploadSession session = uploads().declareLength(id, 1_000);

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(session.digests()).containsExactly(digest(DigestAlgorithm.SHA256, whole));
  }

  @Test
  void cannotBeOthersThanThoseThatTheUploadWasBegunWith() {
    UploadDeclaration begun = Sessions.append(1_000);
    UploadDeclaration checked = Sessions.append(1_000).withDigests(expecting(whole));
    uploads().create(begun);
    uploads().create(checked);
    Rejection other =
        new Rejection.Inconsistent(
            "id", "there is an upload of another length, chunk size or digest");

    assertRejected(() -> uploads().create(begun.withDigests(expecting(whole))), other);
    assertRejected(() -> uploads().create(checked.withDigests(expecting(new byte[1]))), other);
    assertThat(uploads().create(checked).declaration()).isEqualTo(checked);
    assertThat(uploads().create(checked.withDigests(WholeDigests.NONE)).declaration())
        .isEqualTo(checked);
  }

  @Test
  void areThoseOfNothingForAnEmptyUpload() {
    UploadSession session =
        uploads().create(Sessions.append(0).withDigests(expecting(new byte[0])));

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(session.digests()).hasSize(1);
  }

  @Test
  void leaveNothingOfAWholeThatIsAnotherOne() {
    UploadId id = begun(Sessions.append(1_000), expecting(Bytes.random(1_000, 99)));
    append(id, 0, 300);

    assertRejected(
        () -> append(id, 300, 1_000), new Rejection.DigestMismatch(DigestAlgorithm.SHA256));

    assertThat(uploads().describe(id)).isEmpty();
    assertThat(memory.isEmpty()).isTrue();
    assertThat(sessions.count()).isZero();
    assertThat(events)
        .hasExactlyElementsOfTypes(UploadEvent.Created.class, UploadEvent.Cancelled.class);
  }

  @Test
  void leaveNothingOfASmallWholeThatIsAnotherOne() {
    UploadDeclaration declaration =
        Sessions.append(1_000).withDigests(expecting(Bytes.random(1_000, 99)));

    assertRejected(
        () ->
            uploads()
                .receive(declaration, Chunk.filling(ByteRange.at(0, 1_000)), Bytes.body(whole)),
        new Rejection.DigestMismatch(DigestAlgorithm.SHA256));

    assertThat(sessions.count()).isZero();
    assertThat(memory.isEmpty()).isTrue();
    assertThat(events).isEmpty();
  }

  @Test
  void areRefusedWhereNobodyCanCalculateThem() {
    UploadDeclaration expecting = Sessions.append(1_000).withDigests(expecting(whole));
    UploadDeclaration wanting = Sessions.append(1_000).withDigests(BOTH);

    assertRejected(
        () -> uploads.create(expecting),
        new Rejection.Inconsistent("Repr-Digest", "SHA256 is not calculated here"));

    assertThat(uploads.digestAlgorithms()).isEmpty();
    assertThat(uploads.create(wanting).declaration().digests()).isEqualTo(WholeDigests.NONE);
  }

  @Test
  void haveItsBytesSentAgainWhereTheStoreHasLostSome() {
    UploadId id = begun(Sessions.append(1_000), expecting(whole));
    append(id, 0, 600);
    UploadSession known = sessions.find(id).orElseThrow();
    sessions.replace(known.without(new ByteRange(500, 700), StoreNotes.NONE));

    assertThat(sessions.find(id).orElseThrow().digested()).isEqualTo(DigestProgress.NONE);
    UploadSession session = append(id, 0, 1_000);

    assertThat(session.digests()).containsExactly(digest(DigestAlgorithm.SHA256, whole));
  }

  @Test
  void endTheUploadThatTheyCannotGoOnWith() {
    UploadId id = begun(Sessions.append(1_000), expecting(whole));
    append(id, 0, 600);

    assertRejected( // a process that calculates none
        () -> uploads.receive(id, Chunk.openEnded(600), Bytes.body(slice(600, 1_000))),
        new Rejection.Gone());

    assertThat(uploads().describe(id)).isEmpty();
    assertThat(events.getLast()).isInstanceOf(UploadEvent.Lost.class);
  }

  @Test
  void areNoMatterOfCells() {
    UploadDeclaration cells = Sessions.grid(1_000, 300);

    assertThatThrownBy(() -> cells.withDigests(BOTH)).isInstanceOf(IllegalArgumentException.class);
  }

  private Uploads uploads() {
    return digesting;
  }

  private Uploads digesting() {
    return Uploads.over(store, sessions)
        .events(events::add)
        .clock(() -> now)
        .digests(new RememberingDigests())
        .build();
  }

  private UploadId begun(UploadDeclaration declaration, WholeDigests digests) {
    return uploads().create(declaration.withDigests(digests)).id();
  }

  private UploadSession append(UploadId id, int from, int to) {
    return uploads().receive(id, Chunk.openEnded(from), Bytes.body(slice(from, to)));
  }

  private UploadSession appendLast(UploadId id, int from, int to) {
    Chunk last = new Chunk(from, OptionalLong.empty(), true);
    return uploads().receive(id, last, Bytes.body(slice(from, to)));
  }

  private byte[] slice(int from, int to) {
    return Bytes.slice(whole, new ByteRange(from, to));
  }

  private static WholeDigests expecting(byte[] bytes) {
    return new WholeDigests(Set.of(), List.of(digest(DigestAlgorithm.SHA256, bytes)));
  }

  private static Digest digest(DigestAlgorithm algorithm, byte[] bytes) {
    DigestCalculation calculation = DigestCalculation.of(algorithm);
    calculation.update(ByteBuffer.wrap(bytes));
    return calculation.digest();
  }
}
