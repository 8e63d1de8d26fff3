package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import dev.upload.s3.FaultyWire.Fate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody has a record of goes; whatever else there is stays. */
class StraysTest {

  private static final int MIB = 1 << 20;
  private static final String CREATE = "?uploads";

  private final byte[] whole = Bytes.random(12 * MIB, 1);
  private final UploadDeclaration declaration = Sessions.grid(whole.length, 5 * MIB);
  private FaultyWire wire;
  private S3Config config;
  private Opened opened;
  private S3ChunkStore store;
  private Uploads uploads;

  @BeforeEach
  void open() throws IOException {
    wire = new FaultyWire(EmbeddedS3.shared().endpoint());
    config = EmbeddedS3.shared().newBucket().endpoint(wire.endpoint()).prefix("here/").build();
    opened = Opened.on(config);
    store = opened.impatientStore();
    uploads = Uploads.over(store, opened.sessions()).build();
  }

  @AfterEach
  void close() throws IOException {
    opened.client().close();
    wire.close();
  }

  @Test
  void aMultipartUploadThatWasCreatedTwiceIsThereOnce() {
    wire.fail(1, CREATE, Fate.ANSWER_LOST);
    uploads.create(declaration);
    assertThat(EmbeddedS3.multipartUploads(config)).hasSize(2);

    opened.impatientStore().freeStrays(); // as another node

    assertThat(EmbeddedS3.multipartUploads(config)).hasSize(1);
    assertThat(Bytes.drain(uploads.read(sent(), ByteRange.at(0, whole.length)))).isEqualTo(whole);
  }

  @Test
  void aMultipartUploadThatWasCreatedTwiceGoesThoughTheUploadWasCancelled() {
    wire.fail(1, CREATE, Fate.ANSWER_LOST);
    uploads.create(declaration);
    uploads.cancel(declaration.id());

    opened.impatientStore().freeStrays();

    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
  }

  @Test
  void aMultipartUploadWhoseUploadWasNeverRecordedIsFreedByTheNodeThatCreatedIt() {
    store.open(Sessions.open(declaration)); // and the record could not be written
    assertThat(EmbeddedS3.multipartUploads(config)).hasSize(1);

    store.freeStrays();

    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
  }

  @Test
  void aFragmentThatCameAfterTheUploadWasFinishedGoes() {
    UploadSession open = uploads.create(Sessions.grid(12 * MIB, MIB));
    UploadSession done = finished(open);
    ByteRange cell = new ByteRange(0, MIB);
    store.write(open, Chunk.filling(cell), Bytes.body(whole, cell)); // on a node that slept
    assertThat(EmbeddedS3.keys(config)).anyMatch(key -> key.startsWith("here/uploads/"));

    store.freeStrays();

    assertThat(EmbeddedS3.keys(config)).noneMatch(key -> key.startsWith("here/uploads/"));
    assertThat(Bytes.drain(uploads.read(done, ByteRange.at(0, whole.length)))).isEqualTo(whole);
  }

  @Test
  void whatArrivesAfterADeletionGoesBeforeThatIsForgotten() {
    UploadSession open = uploads.create(declaration);
    String key = opened.keys().destination(open.destination());
    uploads.cancel(open.id());
    String nonce = PartManifest.of(open.notes()).nonce();
    opened.bucket().put(key, Content.of(new byte[1]), ObjectHeaders.of(open, nonce));
    Moment inTwoDays = new Moment(Instant.now().plus(Duration.ofDays(2)), 0);

    opened
        .sessions(Retention.standard(() -> inTwoDays))
        .untouchedSince(UploadState.OPEN, Instant.now(), 1);

    assertThat(EmbeddedS3.isEmpty(config)).isTrue();
  }

  @Test
  void whatBelongsToAnUnfinishedUploadStays() {
    UploadSession open = uploads.create(Sessions.grid(12 * MIB, MIB));
    ByteRange cell = new ByteRange(0, MIB);
    uploads.receive(open.id(), Chunk.filling(cell), Bytes.body(whole, cell));

    store.freeStrays();

    assertThat(EmbeddedS3.multipartUploads(config)).hasSize(1);
    assertThat(Bytes.drain(uploads.read(finished(open), ByteRange.at(0, whole.length))))
        .isEqualTo(whole);
  }

  @Test
  void whatIsYoungStaysForSomebodyMayBeAboutToRecordIt() {
    wire.fail(1, CREATE, Fate.ANSWER_LOST);
    uploads.create(declaration);

    opened.store().freeStrays();

    assertThat(EmbeddedS3.multipartUploads(config)).hasSize(2);
  }

  @Test
  void whatSomebodyElseHasInTheBucketStays() {
    ObjectHeaders headers = ObjectHeaders.of(Sessions.open(declaration), "theirs");
    Multipart.create(opened.bucket(), "here/theirs-entirely/a.bin", headers);
    Multipart.create(opened.bucket(), "elsewhere/a.bin", headers);
    opened.bucket().put("here/uploads/readme.txt", Content.of(new byte[1]));

    store.freeStrays();

    assertThat(EmbeddedS3.multipartUploads(config)).hasSize(2);
    assertThat(EmbeddedS3.keys(config)).containsExactly("here/uploads/readme.txt");
  }

  private UploadSession sent() {
    return finished(uploads.create(declaration));
  }

  private UploadSession finished(UploadSession open) {
    ChunkGrid grid = (ChunkGrid) open.policy();
    UploadSession session = open;
    for (int number = 0; number < grid.count(); number++) {
      ByteRange cell = grid.cell(number);
      session = uploads.receive(open.id(), Chunk.filling(cell), Bytes.body(whole, cell));
    }
    return session;
  }
}
