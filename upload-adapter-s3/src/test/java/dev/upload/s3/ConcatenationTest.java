package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import dev.upload.s3.FaultyWire.Fate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Uploads made of others, where the contract cannot look: what is sent, and what is left. */
class ConcatenationTest {

  private static final int MIB = 1 << 20;

  private FaultyWire wire;
  private S3Config config;
  private Opened opened;
  private Counting client;
  private S3ChunkStore store;
  private final List<UploadSession> sources = new ArrayList<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  @BeforeEach
  void open() throws IOException {
    wire = new FaultyWire(EmbeddedS3.shared().endpoint());
    config = EmbeddedS3.shared().newBucket().endpoint(wire.endpoint()).build();
    client = new Counting(S3Uploads.client(config));
    opened = Opened.on(config, client);
    store = opened.store();
  }

  @AfterEach
  void close() throws IOException {
    opened.client().close();
    wire.close();
  }

  @Test
  void sourcesOfAPartsSizeAreCopiedWithoutABytePassingThroughHere() {
    source(6 * MIB + 1);
    source(17 * MIB + 3);
    source(5 * MIB);
    int uploaded = client.uploaded.get();

    UploadSession whole = copiedAll();

    assertThat(client.copied).hasValue(3);
    assertThat(client.uploaded).hasValue(uploaded);
    assertThat(wire.requests()).noneMatch(line -> line.startsWith("GET "));
    assertReadsBack(whole);
  }

  @Test
  void onlyWhatASmallSourceNeedsToBeAPartPassesThroughHere() {
    source(MIB);
    source(50 * MIB);
    source(17);
    int uploaded = client.uploaded.get();

    UploadSession whole = copiedAll();

    assertThat(client.copied).hasValue(2);
    assertThat(client.uploaded).hasValue(uploaded + 1);
    assertThat(PartManifest.of(whole.notes()).part(1).orElseThrow().checksum().length())
        .isEqualTo(5 * MIB);
    assertReadsBack(whole);
  }

  @Test
  void nothingIsVisibleBeforeTheWholeIs() {
    source(6 * MIB);
    source(100);
    UploadSession session = copiedAll();

    assertThat(EmbeddedS3.keys(config)).allMatch(key -> key.startsWith("uploads/"));
    UploadSession whole = assembled(session);

    String key = opened.keys().destination(whole.destination());
    assertThat(EmbeddedS3.keys(config)).filteredOn(key::equals).hasSize(1);
    assertThat(EmbeddedS3.keys(config)).hasSize(3 + 1); // two objects of parts, one fragment
  }

  @Test
  void whatTheStoreCannotCopyIsSentByUs() {
    source(6 * MIB);
    source(7 * MIB);
    client.refusesCopies = true;

    UploadSession whole = copiedAll();

    assertReadsBack(whole);
  }

  @ParameterizedTest
  @EnumSource(names = {"SLOW_DOWN", "ANSWER_LOST", "DONE_BUT_500"})
  void aCopyThatFailsOnItsWayIsTriedAgain(Fate fate) {
    source(6 * MIB);
    source(3);
    source(7 * MIB);
    wire.fail(2, "partNumber=", fate);

    UploadSession whole = copiedAll();

    assertReadsBack(whole);
  }

  @Test
  void anErrorBehindThe200OfACopyIsAnErrorAndTheCopyMayBeRepeated() {
    source(6 * MIB);
    source(7 * MIB);
    UploadSession session = concatenation();
    wire.rule(line -> line.contains("partNumber=") ? Fate.ERROR_INSTEAD : Fate.PASS);

    assertThatThrownBy(() -> copied(session, sources.getFirst()))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining(session.id().value());

    wire.rule(line -> Fate.PASS);
    assertReadsBack(copied(copied(session, sources.getFirst()), sources.getLast()));
  }

  @Test
  void aCopyThatBreaksOffInItsMiddleIsRepeatedAsAWhole() {
    source(MIB);
    source(20 * MIB);
    UploadSession session = copied(concatenation(), sources.getFirst());
    wire.rule(line -> line.contains("partNumber=2") ? Fate.SLOW_DOWN : Fate.PASS);
    assertThatThrownBy(() -> copied(session, sources.getLast()))
        .isInstanceOf(StorageUnavailableException.class);
    wire.rule(line -> Fate.PASS);

    assertReadsBack(copied(session, sources.getLast()));
  }

  @Test
  void theObjectOfASourceIsFoundThoughTheAnswerToItsCompletionWasLost() {
    source(6 * MIB);
    UploadSession session = concatenation();
    wire.rule(
        line -> line.startsWith("POST ") || line.startsWith("HEAD") ? Fate.ANSWER_LOST : Fate.PASS);
    assertThatThrownBy(() -> copied(session, sources.getFirst()))
        .isInstanceOf(StorageUnavailableException.class);
    wire.rule(line -> Fate.PASS);

    assertReadsBack(copied(session, sources.getFirst()));
  }

  @Test
  void bytesOfASourceThatALifecycleRuleRemovedAreSaidToBeLost() {
    source(6 * MIB);
    UploadSession source = sources.getFirst();
    PartManifest manifest = PartManifest.of(source.notes());
    String key = opened.keys().partial(source.id(), manifest.nonce());
    new Multipart(opened.bucket(), key, manifest.multipartId().orElseThrow()).abort();
    UploadSession session = concatenation();

    assertThatThrownBy(() -> copied(session, source))
        .isInstanceOfSatisfying(
            StorageUnavailableException.class, e -> assertThat(e.bytesLost()).isTrue());
  }

  /** Two nodes are at it, and the slower one records what the faster one has left behind it. */
  @Test
  void aNodeThatIsBehindTakesNothingBack() {
    source(6 * MIB);
    source(MIB);
    source(20 * MIB);
    source(7 * MIB);
    UploadSession first = copied(concatenation(), sources.get(0));
    StoredChunk late = store.copy(first, first.offset(), sources.get(1));
    UploadSession session = first;
    for (UploadSession source : sources.subList(1, 4)) {
      session = copied(session, source);
    }
    UploadSession recordedLate =
        new UploadSession(
            session.declaration(),
            session.state(),
            session.received(),
            session.notes().with(late.notes()),
            session.touchedAt(),
            session.version() + 1);

    assertReadsBack(recordedLate);
  }

  @Test
  void fragmentsOfSmallSourcesGoOnceTheirPartIsRecorded() {
    source(MIB);
    source(2 * MIB);
    source(20 * MIB);
    source(6 * MIB);

    UploadSession session = copiedAll();

    assertThat(PartManifest.of(session.notes()).superseded()).isEmpty();
    assertThat(EmbeddedS3.keys(config)).noneMatch(key -> key.startsWith("uploads/" + session.id()));
    assertReadsBack(session);
  }

  @Test
  void manyTinySourcesDoNotSwellTheRecord() {
    source(3);
    UploadSession tiny = sources.getFirst();
    for (int i = 1; i < 250; i++) {
      sources.add(tiny);
      sent.writeBytes(bytesOf(tiny));
    }

    UploadSession session = concatenation();
    for (UploadSession source : sources.subList(0, 249)) {
      session = copied(session, source);
    }

    assertThat(session.notes().entries()).hasSizeLessThan(220);
    assertReadsBack(copied(session, tiny));
  }

  private void source(int size) {
    byte[] bytes = Bytes.random(size, size);
    UploadDeclaration declaration = Sessions.partial(size);
    UploadSession session =
        UploadSession.opened(declaration, store.open(Sessions.open(declaration)));
    StoredChunk stored = store.write(session, Chunk.openEnded(0), Bytes.body(bytes));
    sources.add(session.received(ByteRange.at(0, size), stored.notes(), Sessions.START));
    sent.writeBytes(bytes);
  }

  private static byte[] bytesOf(UploadSession source) {
    int size = Math.toIntExact(source.offset());
    return Bytes.random(size, size);
  }

  private UploadSession concatenation() {
    List<UploadId> ids = sources.stream().map(UploadSession::id).toList();
    UploadDeclaration declaration = Sessions.concatenation(ids);
    return UploadSession.opened(declaration, store.open(Sessions.open(declaration)))
        .withLength(sent.size(), Sessions.START);
  }

  private UploadSession copiedAll() {
    UploadSession session = concatenation();
    for (UploadSession source : sources) {
      session = copied(session, source);
    }
    return session;
  }

  private UploadSession copied(UploadSession target, UploadSession source) {
    StoredChunk stored = store.copy(target, target.offset(), source);
    ByteRange range = ByteRange.at(target.offset(), stored.length());
    return target.received(range, stored.notes(), Sessions.START);
  }

  private UploadSession assembled(UploadSession session) {
    return session.completed(store.assemble(session), Sessions.START);
  }

  private void assertReadsBack(UploadSession session) {
    UploadSession whole = assembled(session);
    ByteRange everything = ByteRange.at(0, sent.size());
    assertThat(Bytes.drain(store.read(whole, everything))).isEqualTo(sent.toByteArray());
  }

  /** Counts parts that are sent and parts that are copied, and may refuse the latter. */
  private static final class Counting extends DelegatingS3Client {
    final AtomicInteger uploaded = new AtomicInteger();
    final AtomicInteger copied = new AtomicInteger();
    volatile boolean refusesCopies;

    Counting(S3Client delegate) {
      super(delegate);
    }

    @Override
    public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
      uploaded.incrementAndGet();
      return super.uploadPart(request, body);
    }

    @Override
    public UploadPartCopyResponse uploadPartCopy(UploadPartCopyRequest request) {
      if (refusesCopies) {
        throw S3Exception.builder().statusCode(501).message("not implemented").build();
      }
      copied.incrementAndGet();
      return super.uploadPartCopy(request);
    }
  }
}
