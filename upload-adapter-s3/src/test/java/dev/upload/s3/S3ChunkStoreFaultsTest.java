package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Bytes;
import dev.upload.s3.FaultyWire.Fate;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class S3ChunkStoreFaultsTest {

  private static final int MIB = 1 << 20;
  private static final String COMPLETE = "POST ";
  private static final String UPLOAD_PART = "partNumber=";

  private FaultyWire wire;
  private S3Config config;
  private Opened opened;
  private S3ChunkStore store;

  @BeforeEach
  void open() throws IOException {
    wire = new FaultyWire(EmbeddedS3.shared().endpoint());
    config = EmbeddedS3.shared().newBucket().endpoint(wire.endpoint()).build();
    opened = Opened.on(config);
    store = opened.store();
  }

  @AfterEach
  void close() throws IOException {
    opened.client().close();
    wire.close();
  }

  @Test
  void aLostAnswerToTheCompletionIsResolvedByLookingAtTheObject() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB).writeAll();
    wire.rule(line -> line.startsWith(COMPLETE) ? Fate.ANSWER_LOST : Fate.PASS);

    upload.assemble();

    upload.assertReadsBack();
  }

  @Test
  void aStoreThatForgetsAMultipartUploadWhenItIsCompletedIsAskedForTheObject() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB).writeAll();
    store.assemble(upload.session()); // and then this node crashed
    wire.rule(line -> line.startsWith(COMPLETE) ? Fate.NO_SUCH_UPLOAD : Fate.PASS);

    upload.assemble();

    upload.assertReadsBack();
  }

  @Test
  void aCompletionWhoseAnswersAreAllLostIsFoundDoneLater() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB).writeAll();
    wire.rule(
        line ->
            line.startsWith(COMPLETE) || line.startsWith("HEAD") ? Fate.ANSWER_LOST : Fate.PASS);
    assertThatThrownBy(upload::assemble).isInstanceOf(StorageUnavailableException.class);
    wire.rule(line -> Fate.PASS);

    upload.assemble();

    upload.assertReadsBack();
  }

  @Test
  void anErrorBehindA200IsAnError() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB).writeAll();
    // what the emulator makes of it must not help: the request never reaches it
    wire.rule(line -> line.startsWith(COMPLETE) ? Fate.ERROR_INSTEAD : Fate.PASS);

    assertThatThrownBy(upload::assemble).isInstanceOf(StorageUnavailableException.class);

    wire.rule(line -> Fate.PASS);
    upload.assemble().assertReadsBack();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?uploads", "partNumber=2", "POST ", "fragments/"})
  void anAnswerThatSaysNothingIsNotBelieved(String request) {
    Rehearsal small = Rehearsal.ofGrid(store, 3 * MIB, MIB);
    wire.fail(1, request, Fate.EMPTY_200);

    assertThatThrownBy(
            () -> {
              small.write(small.cells().get(0));
              Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB).writeAll().assemble();
            })
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("is it the store's?");
  }

  /** HTTP clients take the end of the connection for the end of the head. */
  @Test
  void halfAnETagIsNotRecorded() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB);
    wire.rule(line -> line.contains("partNumber=1") ? Fate.ETAG_CUT : Fate.PASS);
    assertThatThrownBy(upload::writeAll)
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("cut off in its ETag");
    wire.rule(line -> Fate.PASS);

    upload.writeAll().assemble().assertReadsBack();
  }

  @Test
  void aFragmentThatComesBackEmptyIsAFault() {
    Rehearsal upload = Rehearsal.ofGrid(store, 3 * MIB, MIB).writeAll();
    wire.rule(line -> line.startsWith("GET ") ? Fate.EMPTY_200 : Fate.PASS);
    assertThatThrownBy(upload::assemble).isInstanceOf(StorageUnavailableException.class);
    wire.rule(line -> Fate.PASS);

    upload.assemble().assertReadsBack();
  }

  @Test
  void aDownloadOfNothingIsRefused() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB).writeAll().assemble();
    wire.rule(line -> line.startsWith("GET ") ? Fate.EMPTY_200 : Fate.PASS);

    assertThatThrownBy(upload::assertReadsBack).isInstanceOf(StorageUnavailableException.class);
  }

  @Test
  void aCompletionWhoseAnswerSaysNothingIsLookedAfter() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB).writeAll();
    wire.rule(line -> line.startsWith(COMPLETE) ? Fate.EMPTY_200 : Fate.PASS);
    assertThatThrownBy(upload::assemble).isInstanceOf(StorageUnavailableException.class);
    wire.rule(line -> Fate.PASS);

    upload.assemble().assertReadsBack();
  }

  @Test
  void aPartIsSentAgainFromItsFirstByteWhenTheStoreIsOverloaded() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB);
    wire.fail(2, UPLOAD_PART, Fate.SLOW_DOWN);

    upload.writeAll().assemble();

    upload.assertReadsBack();
  }

  /** S3Proxy compares the digest in the signature. */
  @ParameterizedTest
  @EnumSource(names = {"BAD_DIGEST", "BIT_FLIPPED"})
  void aPartWhoseBytesChangedOnTheirWayIsSentAgain(Fate fate) {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB);
    wire.fail(2, UPLOAD_PART, fate);

    upload.writeAll().assemble();

    upload.assertReadsBack();
  }

  @Test
  void aPartThatIsMadeOfFragmentsIsSentAgainToo() {
    Rehearsal upload = Rehearsal.ofGrid(store, 8 * MIB + 1, 3 * MIB);
    upload.write(upload.cells().get(0));
    wire.fail(2, UPLOAD_PART, Fate.ANSWER_LOST);

    upload.write(upload.cells().get(1)).assemble();

    upload.assertReadsBack();
  }

  @Test
  void aLongBodyIsCutIntoPartsWhileItArrives() {
    Rehearsal upload = Rehearsal.ofAppend(store, 30 * MIB);
    wire.fail(1, "partNumber=2", Fate.SLOW_DOWN);

    upload.append(3 * MIB).append(30 * MIB);

    assertThat(upload.manifest().part(1)).isPresent();
    assertThat(upload.manifest().part(4)).isPresent();
    upload.assemble().assertReadsBack();
  }

  @Test
  void aLongBodyThatFailsInItsMiddleCountsForNothingAndHoldsNothing() {
    Rehearsal upload = Rehearsal.ofAppend(store, 30 * MIB);
    upload.append(3 * MIB);
    wire.rule(line -> line.contains("partNumber=2") ? Fate.SLOW_DOWN : Fate.PASS);

    assertThatThrownBy(() -> upload.append(30 * MIB))
        .isInstanceOf(StorageUnavailableException.class);

    assertThat(opened.stages().freeMemoryBytes()).isEqualTo(config.bufferBytes());
    wire.rule(line -> Fate.PASS);
    upload.append(30 * MIB).assemble().assertReadsBack();
  }

  @Test
  void tinyAppendsDoNotSwellTheRecord() {
    Rehearsal upload = Rehearsal.ofUnknownLength(store, 450);
    for (int end = 1; end <= 450; end++) {
      upload.append(end);
    }

    assertThat(upload.session().notes().entries()).hasSizeLessThan(210);
    upload.declareComplete().assemble().assertReadsBack();
  }

  @Test
  void anUploadThatIsDeclaredCompleteWithNothingInItIsAnEmptyObject() {
    Rehearsal upload = Rehearsal.ofUnknownLength(store, 0);

    upload.declareComplete().assemble();

    upload.assertReadsBack();
    assertThat(EmbeddedS3.keys(config)).hasSize(1);
    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
  }

  @Test
  void anAppendedUploadOfAFewBytesBecomesAnObjectOfOnePart() {
    Rehearsal upload = Rehearsal.ofUnknownLength(store, 1_000);

    upload.append(10).append(999).append(1_000).declareComplete().assemble();

    upload.assertReadsBack();
    assertThat(EmbeddedS3.keys(config)).hasSize(1);
  }

  @Test
  void aStoreThatStaysAwayIsSaidToBeUnavailable() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB);
    wire.rule(line -> line.contains(UPLOAD_PART) ? Fate.SLOW_DOWN : Fate.PASS);

    assertThatThrownBy(() -> upload.write(upload.cells().get(0)))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining(upload.session().id().value());

    assertThat(opened.stages().freeMemoryBytes()).isEqualTo(config.bufferBytes());
  }

  @Test
  void bytesThatALifecycleRuleRemovedAreNotTakenForACompletedUpload() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB).writeAll();
    String key = opened.keys().destination(upload.session().destination());
    new Multipart(opened.bucket(), key, upload.manifest().multipartId().orElseThrow()).abort();

    assertThatThrownBy(upload::assemble)
        .isInstanceOfSatisfying(
            StorageUnavailableException.class, e -> assertThat(e.bytesLost()).isTrue())
        .hasMessageContaining("lifecycle rule");
  }

  @Test
  void anObjectOfAnotherChecksumIsNotTakenForACompletedUpload() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB).writeAll();
    store.assemble(upload.session()); // and the store made something else of it
    wire.rule(line -> line.startsWith(COMPLETE) ? Fate.NO_SUCH_UPLOAD : Fate.PASS);
    S3ChunkStore reported = storeThatReports(Crc32c.of(new byte[12 * MIB]));

    assertThatThrownBy(() -> reported.assemble(upload.session()))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void anObjectOfTheRightChecksumIsTakenForACompletedUpload() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 3 * MIB).writeAll();
    store.assemble(upload.session());
    wire.rule(line -> line.startsWith(COMPLETE) ? Fate.NO_SUCH_UPLOAD : Fate.PASS);
    S3ChunkStore reported =
        storeThatReports(Crc32c.of(Bytes.random(12 * MIB, 12 * MIB))); // what a rehearsal sends

    assertThat(reported.assemble(upload.session()).entries()).containsKey("done");
  }

  private S3ChunkStore storeThatReports(Crc32c checksum) {
    S3Client client =
        new DelegatingS3Client(opened.client()) {
          @Override
          public HeadObjectResponse headObject(HeadObjectRequest request) {
            return super.headObject(request).toBuilder()
                .checksumType(ChecksumType.FULL_OBJECT)
                .checksumCRC32C(checksum.base64())
                .build();
          }
        };
    return Opened.on(config, client).store();
  }

  @Test
  void somebodyElsesObjectUnderTheKeyIsNotTakenForOurs() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB).writeAll();
    String key = opened.keys().destination(upload.session().destination());
    new Multipart(opened.bucket(), key, upload.manifest().multipartId().orElseThrow()).abort();
    opened.bucket().put(key, Content.of(new byte[12 * MIB]));

    assertThatThrownBy(upload::assemble).isInstanceOf(StorageUnavailableException.class);
    store.discard(upload.session());

    assertThat(EmbeddedS3.keys(config)).contains(key);
  }

  @Test
  void aPartThatSomebodyReplacedIsRefusedInsteadOfMixedIn() {
    Rehearsal upload = Rehearsal.ofGrid(store, 12 * MIB, 5 * MIB).writeAll();
    String key = opened.keys().destination(upload.session().destination());
    opened
        .client()
        .uploadPart(
            request ->
                request
                    .bucket(config.bucket())
                    .key(key)
                    .uploadId(upload.manifest().multipartId().orElseThrow())
                    .partNumber(1),
            RequestBody.fromBytes(Bytes.random(5 * MIB, 1)));

    assertThatThrownBy(upload::assemble)
        .isInstanceOfSatisfying(
            StorageUnavailableException.class, e -> assertThat(e.bytesLost()).isTrue());
  }

  @Test
  void aDiscardedUploadLeavesNothingBehind() {
    Rehearsal upload = Rehearsal.ofGrid(store, 20 * MIB, 3 * MIB);
    for (ByteRange cell : upload.cells().subList(0, 5)) {
      upload.write(cell);
    }
    upload.written(upload.cells().get(5), upload.session()); // never recorded

    store.discard(upload.session());
    store.discard(upload.session());

    assertThat(EmbeddedS3.keys(config)).isEmpty();
    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
  }

  @Test
  void moreFragmentsThanAPageOfAListingHasAreAllRemoved() {
    Opened direct =
        Opened.on(
            EmbeddedS3.shared().config(config.bucket()).build()); // a thousand requests: no detour
    Rehearsal upload = Rehearsal.ofGrid(direct.store(), 2_004, 2);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (ByteRange cell : upload.cells()) {
        threads.execute(() -> upload.written(cell, upload.session()));
      }
    }
    assertThat(EmbeddedS3.keys(config)).hasSize(1_002);

    direct.store().discard(upload.session());

    assertThat(EmbeddedS3.keys(config)).isEmpty();
  }

  @Test
  void aFinishedUploadLeavesItsObjectOnly() {
    Rehearsal upload = Rehearsal.ofGrid(store, 20 * MIB, 3 * MIB);
    upload.written(upload.cells().get(0), upload.session()); // never recorded

    upload.writeAll().assemble();

    assertThat(EmbeddedS3.keys(config))
        .containsExactly(opened.keys().destination(upload.session().destination()));
    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
    store.discard(upload.session());
    assertThat(EmbeddedS3.keys(config)).isEmpty();
  }

  @Test
  void aFragmentIsRemovedOnlyOnceItsPartIsRecorded() {
    Rehearsal upload = Rehearsal.ofGrid(store, 30 * MIB, 3 * MIB);
    upload.write(upload.cells().get(0)).write(upload.cells().get(1));
    upload.write(upload.cells().get(2)); // completes the part of nine
    assertThat(upload.manifest().part(1)).isPresent();
    assertThat(EmbeddedS3.keys(config)).hasSize(2);

    upload.write(upload.cells().get(3));

    assertThat(EmbeddedS3.keys(config)).hasSize(1);
    assertThat(upload.manifest().superseded()).isEmpty();
    upload.cells().subList(4, 10).forEach(upload::write);
    upload.assemble().assertReadsBack();
  }

  @Test
  void fragmentsWhoseLastTwoRacedAreCombinedByALaterWrite() {
    Rehearsal upload = Rehearsal.ofGrid(store, 30 * MIB, 3 * MIB);
    upload.write(upload.cells().get(0));
    var second = upload.written(upload.cells().get(1), upload.session());
    var third = upload.written(upload.cells().get(2), upload.session());
    upload.record(upload.cells().get(1), second).record(upload.cells().get(2), third);
    assertThat(upload.manifest().part(1)).isEmpty();

    upload.write(upload.cells().get(3));

    assertThat(upload.manifest().part(1)).isPresent();
    upload.cells().subList(4, 10).forEach(upload::write);
    upload.assemble().assertReadsBack();
  }

  @Test
  void aCellOfARecordedPartThatComesAgainNeedsNoFragments() {
    Rehearsal upload = Rehearsal.ofGrid(store, 30 * MIB, 3 * MIB);
    upload.cells().subList(0, 3).forEach(upload::write); // the part of nine
    UploadSession view = upload.session();
    StoredChunk fourth = upload.written(upload.cells().get(3), view); // removes its fragments

    StoredChunk again = upload.written(upload.cells().get(0), view);

    upload.record(upload.cells().get(3), fourth).record(upload.cells().get(0), again);
    upload.cells().subList(4, 10).forEach(upload::write);
    upload.assemble().assertReadsBack();
  }

  @Test
  void whatCannotBeTidiedNowDoesNotFailAWrite() {
    Rehearsal upload = Rehearsal.ofGrid(store, 30 * MIB, 3 * MIB);
    upload.cells().subList(0, 3).forEach(upload::write);
    wire.rule(line -> line.startsWith("POST ") ? Fate.SLOW_DOWN : Fate.PASS); // removes several

    upload.write(upload.cells().get(3));

    wire.rule(line -> Fate.PASS);
    upload.cells().subList(4, 10).forEach(upload::write);
    upload.assemble().assertReadsBack();
  }
}
