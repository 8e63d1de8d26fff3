package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.PiecewiseBody;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Bodies of which is told how far they have come. */
class ReceivedInPiecesTest extends UploadsFixture {

  private static final Chunk LAST = new Chunk(0, OptionalLong.empty(), true);

  private final List<Long> told = new ArrayList<>();

  @Test
  void whatIsToldIsRecorded() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();
    List<Long> recorded = new ArrayList<>();

    uploads.receive(
        id,
        Chunk.openEnded(0),
        Bytes.body(whole),
        every(
            300,
            session -> {
              told.add(session.offset());
              recorded.add(sessions.find(id).orElseThrow().offset());
            }));

    assertThat(told).containsExactly(300L, 600L, 900L);
    assertThat(recorded).isEqualTo(told);
    assertThat(uploads.describe(id).orElseThrow().offset()).isEqualTo(1_000);
  }

  @Test
  void theEndIsNotTold() {
    UploadId id = uploads.create(Sessions.append(1_000)).id();

    UploadSession session =
        uploads.receive(
            id, Chunk.filling(ByteRange.at(0, 1_000)), Bytes.body(whole), every(500, this::tell));

    assertThat(told).containsExactly(500L);
    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void aLastChunkCompletesTheUploadWhereItsBodyEnds() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();

    UploadSession session = uploads.receive(id, LAST, Bytes.body(whole), every(250, this::tell));

    assertThat(told).containsExactly(250L, 500L, 750L, 1_000L);
    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void aLastChunkThatBreaksOffKeepsWhatCame() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();

    UploadSession session =
        uploads.receive(id, LAST, Bytes.brokenBody(whole, 700), every(300, this::tell));

    assertThat(told).containsExactly(300L, 600L);
    assertThat(session.state()).isEqualTo(UploadState.OPEN);
    assertThat(session.offset()).isEqualTo(700);
  }

  @Test
  void whatHasComeWhenItsTimeIsOverIsRecordedAndTold() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();
    List<Long> recorded = new ArrayList<>();
    Progress atOnce =
        new Progress(
            1 << 20,
            Duration.ofNanos(1),
            session -> {
              told.add(session.offset());
              recorded.add(sessions.find(id).orElseThrow().offset());
            });

    UploadSession session = uploads.receive(id, LAST, new Slow(whole, 300), atOnce);

    assertThat(told).containsExactly(300L, 600L, 900L, 1_000L);
    assertThat(recorded).isEqualTo(told);
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void behindAllThatMayComeOnlyTheEndIsWaitedFor() {
    UploadId id = uploads.create(Sessions.append(1_000)).id();

    UploadSession session =
        uploads.receive(id, Chunk.filling(ByteRange.at(0, 1_000)), new Slow(whole, 500), atOnce());

    assertThat(told).containsExactly(500L);
    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void nothingIsToldOfATimeInWhichNothingComes() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();

    UploadSession session = uploads.receive(id, LAST, new Slow(new byte[0], 1), atOnce());

    assertThat(told).isEmpty();
    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
  }

  @Test
  void aListenerThatFailsLosesNoByte() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();

    UploadSession session =
        uploads.receive(
            id,
            LAST,
            Bytes.body(whole),
            every(
                300,
                told -> {
                  throw new UncheckedIOException(new IOException("nobody listens"));
                }));

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void aNewcomerEndsTheWholeBody() throws Exception {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();
    AtomicReference<Future<UploadSession>> newcomer = new AtomicReference<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Cuttable body = new Cuttable(Bytes.body(whole));

      UploadSession session =
          uploads.receive(
              id,
              LAST,
              body,
              every(
                  300,
                  now -> {
                    tell(now);
                    newcomer.set(threads.submit(() -> uploads.settle(id).orElseThrow()));
                    body.awaitCut();
                  }));

      assertThat(told).containsExactly(300L);
      assertThat(session.offset()).isEqualTo(300);
      assertThat(newcomer.get().get().offset()).isEqualTo(300);
      assertThat(sessions.find(id).orElseThrow().offset()).isEqualTo(300);
    }
  }

  @Test
  void whatWasToldCountsThoughTheBodyGetsTooLong() {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();

    assertRejected(
        () ->
            uploads.receive(
                id,
                Chunk.openEnded(0),
                Bytes.body(Bytes.random(2_501, 1)),
                every(1_000, this::tell)),
        new Rejection.TooLarge("body", 2_500, 2_501));

    assertThat(told).containsExactly(1_000L, 2_000L);
    assertThat(uploads.describe(id).orElseThrow().offset()).isEqualTo(2_000);
  }

  @Test
  void whatWasToldCountsThoughTheStoreFailsBehindIt() {
    UploadId id = uploads.create(Sessions.append(1_000)).id();

    assertThatThrownBy(
            () ->
                uploads.receive(
                    id,
                    Chunk.openEnded(0),
                    Bytes.body(whole),
                    every(
                        300,
                        now -> {
                          tell(now);
                          store.failWrites(1);
                        })))
        .isInstanceOf(StorageUnavailableException.class);

    assertThat(uploads.describe(id).orElseThrow().offset()).isEqualTo(300);
  }

  @Test
  void nothingIsToldOfCells() {
    UploadDeclaration declaration = wholeButFor(0);
    Chunk cell = cell(declaration, 0);

    UploadSession session =
        uploads.receive(
            declaration.id(),
            cell,
            Bytes.body(Bytes.slice(whole, cell.range())),
            every(100, this::tell));

    assertThat(told).isEmpty();
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void piecesBecomeAsLargeAsComesInTheTimeBetweenTwoReports() {
    long[] nanos = {0};
    PieceSizes sizes = sizes(16_000_000, nanos);
    List<Long> taken = new ArrayList<>();

    for (int bytesPerSecond : new int[] {13_000, 13_000, 8_000, 8_000, 1, 90_000_000}) {
      long next = sizes.next(0).most();
      taken.add(next);
      nanos[0] += next * 1_000_000_000L / bytesPerSecond;
      sizes.took(next);
    }

    assertThat(taken).containsExactly(65_536L, 65_000L, 65_000L, 40_000L, 40_000L, 4_096L);
    assertThat(sizes.next(0).most()).isGreaterThan(8_000_000);
  }

  @Test
  void largePiecesEndAtRoundOffsets() {
    long[] nanos = {0};
    PieceSizes sizes = sizes(16 << 20, nanos);
    sizes.took(sizes.next(0).most()); // in no time

    assertThat(sizes.next(65_536).most()).isEqualTo((16 << 20) - 65_536);
    assertThat(sizes.next(16 << 20).most()).isEqualTo(16 << 20);
    assertThat(sizes.next((48L << 20) + 1).most()).isEqualTo((16 << 20) - 1);
  }

  @Test
  void aPieceHasTimeForWhatASteadySenderSendsInIt() {
    PieceSizes sizes = sizes(16 << 20, new long[1]);

    assertThat(sizes.next(0).time()).isEqualTo(Duration.ofMillis(7_500));
    assertThat(sizes.next(0).least()).isEqualTo(1);
  }

  @Test
  void noPieceHasFewerBytesThanAreWorthAStoresWhile() {
    long[] nanos = {0};
    Progress progress = new Progress(1 << 20, Duration.ofSeconds(5), this::tell);
    PieceSizes sizes = new PieceSizes(progress, 100_000, () -> nanos[0]);
    nanos[0] += Duration.ofHours(1).toNanos();
    sizes.took(1);

    assertThat(sizes.next(0).least()).isEqualTo(100_000);
    assertThat(sizes.next(0).most()).isEqualTo(100_000);
    assertThat(new PieceSizes(every(5, this::tell), 100_000).next(0).least()).isEqualTo(5);
  }

  private PieceSizes sizes(long most, long[] nanos) {
    Progress progress = new Progress(most, Duration.ofSeconds(5), this::tell);
    return new PieceSizes(progress, 1, () -> nanos[0]);
  }

  private void tell(UploadSession session) {
    told.add(session.offset());
  }

  /** Tells whatever has come. */
  private Progress atOnce() {
    return new Progress(1 << 20, Duration.ofNanos(1), this::tell);
  }

  private static Progress every(long bytes, Consumer<UploadSession> listener) {
    return new Progress(bytes, Duration.ofDays(1), listener);
  }

  /** Has the time of every piece go by after some bytes. */
  private static final class Slow implements PiecewiseBody {

    private final InputStream source;
    private final int bytesAtATime;

    Slow(byte[] whole, int bytesAtATime) {
      this.source = new ByteArrayInputStream(whole);
      this.bytesAtATime = bytesAtATime;
    }

    @Override
    public long transferTo(WritableByteChannel sink) throws IOException {
      return sink.write(ByteBuffer.wrap(source.readAllBytes()));
    }

    @Override
    public Piece transferTo(WritableByteChannel sink, Bounds bounds) throws IOException {
      byte[] some = source.readNBytes((int) Math.min(bytesAtATime, bounds.most()));
      return new Piece(some.length == 0 ? 0 : sink.write(ByteBuffer.wrap(some)), some.length == 0);
    }

    @Override
    public boolean truncated() {
      return false;
    }

    @Override
    public void cut() {}
  }

  /** Lets somebody wait until it is cut. */
  private static final class Cuttable implements PiecewiseBody {

    private final PiecewiseBody body;
    private final CountDownLatch cut = new CountDownLatch(1);

    Cuttable(PiecewiseBody body) {
      this.body = body;
    }

    void awaitCut() {
      try {
        cut.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public long transferTo(WritableByteChannel sink) throws IOException {
      return body.transferTo(sink);
    }

    @Override
    public Piece transferTo(WritableByteChannel sink, Bounds bounds) throws IOException {
      return body.transferTo(sink, bounds);
    }

    @Override
    public boolean truncated() {
      return body.truncated();
    }

    @Override
    public void cut() {
      body.cut();
      cut.countDown();
    }
  }
}
