package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.InMemoryChunkStore;
import dev.upload.core.testing.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Limits on what is too little: 500 bytes of a whole, 100 of an append. */
class LeastLimitsTest extends UploadsFixture {

  private final Uploads bounded = uploads(new UploadLimits(10_000, 1_500, 2_500, 100, 500, 100));

  @Test
  void anUploadThatDeclaresTooLittleIsNotBegun() {
    Rejection tooSmall = new Rejection.TooSmall("length", 500, 499);

    assertRejected(() -> bounded.create(Sessions.append(499)), tooSmall);
    assertRejected(() -> bounded.create(Sessions.declared(499)), tooSmall);
    assertRejected(() -> bounded.create(Sessions.grid(499, 100)), tooSmall);
    assertRejected(
        () -> {
          UploadDeclaration small = Sessions.grid(499, 499);
          Chunk all = Chunk.filling(ByteRange.at(0, 499));
          bounded.receive(small, all, Bytes.body(whole, all.range()));
        },
        tooSmall);

    assertThat(sessions.count()).isZero();
  }

  @Test
  void whatIsToBeConcatenatedMayBeShortButNotTheWhole() {
    UploadId part = bounded.create(Sessions.partial(50)).id();
    append(part, 0, 50);

    assertRejected(
        () -> bounded.concatenate(Sessions.concatenation(List.of(part))),
        new Rejection.TooSmall("length", 500, 50));
  }

  @Test
  void aLengthThatIsSaidLateIsHeldToItToo() {
    UploadId id = bounded.create(Sessions.appendOfDeferredLength()).id();
    append(id, 0, 200);

    assertRejected(
        () -> bounded.declareLength(id, 499), new Rejection.TooSmall("Upload-Length", 500, 499));

    assertThat(bounded.declareLength(id, 500).length()).hasValue(500);
  }

  @Test
  void anUploadIsNotCompleteBelowTheLeast() {
    UploadId id = bounded.create(Sessions.appendOfUnknownLength()).id();
    append(id, 0, 300);

    assertRejected(() -> last(id, 300, 499), new Rejection.TooSmall("length", 500, 499));
    assertRejected(
        () ->
            bounded.receive(
                id, new Chunk(300, OptionalLong.of(100), true), Bytes.body(new byte[100])),
        new Rejection.TooSmall("length", 500, 400));

    assertThat(bounded.describe(id).orElseThrow().offset()).isEqualTo(300);
    assertThat(last(id, 300, 1_000).state()).isEqualTo(UploadState.COMPLETE);
  }

  @Test
  void anAppendIsRefusedBelowTheLeast() {
    UploadId id = bounded.create(Sessions.append(1_000)).id();
    Rejection tooSmall = new Rejection.TooSmall("chunk", 100, 99);

    assertRejected(() -> append(id, 0, 99), tooSmall);
    assertRejected(
        () -> bounded.receive(id, Chunk.filling(ByteRange.at(0, 99)), Bytes.body(new byte[99])),
        tooSmall);

    assertThat(bounded.describe(id).orElseThrow().offset()).isZero();
    assertThat(append(id, 0, 100).offset()).isEqualTo(100);
  }

  @Test
  void anAppendThatMakesItsUploadWholeMayBeShort() {
    UploadId id = bounded.create(Sessions.append(1_000)).id();
    append(id, 0, 999);
    UploadId declared = bounded.create(Sessions.appendOfUnknownLength()).id();
    append(declared, 0, 999);

    assertThat(append(id, 999, 1_000).state()).isEqualTo(UploadState.COMPLETE);
    assertThat(last(declared, 999, 1_000).state()).isEqualTo(UploadState.COMPLETE);
  }

  @Test
  void anAppendThatBreaksOffKeepsWhatCame() {
    UploadId id = bounded.create(Sessions.append(1_000)).id();

    UploadSession session = bounded.receive(id, Chunk.openEnded(0), Bytes.brokenBody(whole, 10));

    assertThat(session.offset()).isEqualTo(10);
  }

  @Test
  void anEmptyBeginningIsNoShortAppend() {
    UploadId id = bounded.create(Sessions.append(1_000)).id();

    assertThat(append(id, 0, 0).state()).isEqualTo(UploadState.OPEN);
  }

  @Test
  void anAppendInPiecesIsHeldToItAsAWhole() {
    UploadId id = bounded.create(Sessions.append(1_000)).id();
    Progress progress = new Progress(30, Duration.ofDays(1), told -> {});

    UploadSession session =
        bounded.receive(id, Chunk.openEnded(0), Bytes.body(whole, new ByteRange(0, 110)), progress);

    assertThat(session.offset()).isEqualTo(110);
  }

  @Test
  void noUploadMayBeLongerThanTheStoreCanHold() {
    InMemoryChunkStore small = new InMemoryChunkStore(700);
    Uploads uploads = Uploads.over(small, sessions).build();

    assertThat(uploads.limits().maxLength()).isEqualTo(700);
    assertRejected(
        () -> uploads.create(Sessions.append(701)), new Rejection.TooLarge("length", 700, 701));
  }

  @Test
  void anUploadWhoseLengthNobodyKnowsIsNoLongerThanTheRoomThatIsKeptForIt() {
    Uploads uploads = Uploads.over(new InMemoryChunkStore(700, 500), sessions).build();
    UploadSession known = uploads.create(Sessions.append(700));
    UploadSession unknown = uploads.create(Sessions.appendOfUnknownLength());

    assertThat(uploads.limits(known).maxLength()).isEqualTo(700);
    assertThat(uploads.limits(unknown).maxLength()).isEqualTo(500);
    assertRejected(
        () -> uploads.declareLength(unknown.id(), 501),
        new Rejection.TooLarge("Upload-Length", 500, 501));
    assertThat(uploads.declareLength(unknown.id(), 500).length()).hasValue(500);
  }

  @Test
  void theLeastIsNotMoreThanTheMost() {
    assertThatThrownBy(() -> new UploadLimits(10, 10, 10, 10, 11, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new UploadLimits(10, 10, 10, 10, 0, 11))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private UploadSession append(UploadId id, int from, int to) {
    return bounded.receive(id, Chunk.openEnded(from), Bytes.body(whole, new ByteRange(from, to)));
  }

  private UploadSession last(UploadId id, int from, int to) {
    Chunk last = new Chunk(from, OptionalLong.empty(), true);
    return bounded.receive(id, last, Bytes.body(whole, new ByteRange(from, to)));
  }
}
