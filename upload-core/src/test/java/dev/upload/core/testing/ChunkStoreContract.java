package dev.upload.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ChunkStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every {@link ChunkStore} owes. */
public abstract class ChunkStoreContract extends AppendedUploadsContract {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  @ParameterizedTest
  @CsvSource({
    "0,1",
    "1,1",
    "10,3",
    "1000,1000",
    "700000,65536",
    "12582913,1048576",
    "17000000,5242880",
    "17000000,8388608"
  })
  void givesBackTheBytesOfCellsThatCameInAnyOrder(int length, int chunkSize) {
    byte[] whole = Bytes.random(length, length + chunkSize);
    UploadSession session = opened(Sessions.grid(length, chunkSize));

    for (ByteRange cell : shuffledCells(session)) {
      session = write(session, whole, cell);
    }
    session = assembled(session);

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource({"1000,300", "2500000,1048576", "17000000,5242880"})
  void takesCellsOfTheOtherTiling(int length, int chunkSize) {
    byte[] whole = Bytes.random(length, chunkSize);
    UploadSession session = opened(Sessions.grid(length, chunkSize));

    for (int start = 0; start < length; start += chunkSize) {
      session = write(session, whole, new ByteRange(start, Math.min(length, start + chunkSize)));
    }
    session = assembled(session);

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void takesCellsSideBySide() throws Exception {
    byte[] whole = Bytes.random(6 * MIB + 17, 7);
    UploadSession opened = opened(Sessions.grid(whole.length, 300 * KIB));
    List<Future<StoredChunk>> writes = new ArrayList<>();
    List<ByteRange> cells = shuffledCells(opened);

    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (ByteRange cell : cells) {
        writes.add(
            threads.submit(
                () -> store().write(opened, Chunk.filling(cell), Bytes.body(whole, cell))));
      }
    }
    UploadSession session = opened;
    for (int i = 0; i < cells.size(); i++) {
      session = recorded(session, cells.get(i), writes.get(i).get());
    }
    session = assembled(session);

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void replacesTheBytesOfARangeThatIsWrittenAgain() {
    byte[] whole = Bytes.random(3 * KIB, 1);
    UploadSession session = opened(Sessions.grid(whole.length, KIB));

    session = write(session, Bytes.random(3 * KIB, 99), new ByteRange(0, KIB));
    for (ByteRange cell : shuffledCells(session)) {
      session = write(session, whole, cell);
    }
    session = assembled(session);

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void tellsHowManyBytesOfABrokenBodyItHolds() {
    UploadSession session = opened(Sessions.append(1000));
    byte[] whole = Bytes.random(1000, 3);
    ChunkBody broken = Bytes.brokenBody(whole, 600);

    StoredChunk stored = store().write(session, Chunk.filling(new ByteRange(0, 1000)), broken);

    assertThat(stored.length()).isEqualTo(600);
    assertThat(broken.truncated()).isTrue();
  }

  @Test
  void goesOnBehindABrokenBody() {
    byte[] whole = Bytes.random(6 * MIB, 3);
    UploadSession session = opened(Sessions.append(whole.length));

    session = append(session, whole, 5 * MIB + 7);
    session = append(session, whole, 11);
    session = append(session, whole, whole.length);
    session = assembled(session);

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void appendsToAnUploadOfUnknownLength() {
    byte[] whole = Bytes.random(11 * MIB + 3, 3);
    UploadSession session = opened(Sessions.appendOfUnknownLength());

    session = append(session, whole, 300);
    session = append(session, whole, 10 * MIB);
    session = append(session, whole, whole.length);
    UploadSession declared = session.declaredComplete(Sessions.START);
    session = declared.completed(store().assemble(declared), Sessions.START);

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void keepsNothingOfACallWhoseBodyRefusesItself() {
    byte[] whole = Bytes.random(2 * KIB, 4);
    UploadSession session = opened(Sessions.grid(whole.length, KIB));
    Rejection rejection = new Rejection.Malformed("body", "wrong digest");
    ChunkBody refusing = refusingAfter(Bytes.random(500, 5), rejection);
    UploadSession before = session;

    assertThatThrownBy(() -> store().write(before, Chunk.filling(new ByteRange(0, KIB)), refusing))
        .isInstanceOfSatisfying(
            UploadRejectedException.class, e -> assertThat(e.rejection()).isEqualTo(rejection));
    for (ByteRange cell : shuffledCells(session)) {
      session = write(session, whole, cell);
    }
    session = assembled(session);

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void assemblesAgainWithTheSameOutcome() {
    byte[] whole = Bytes.random(2 * KIB, 6);
    UploadSession session = opened(Sessions.grid(whole.length, KIB));
    for (ByteRange cell : shuffledCells(session)) {
      session = write(session, whole, cell);
    }

    store().assemble(session); // a crash right after this is forgotten
    session = assembled(session);

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void replacesAnUnrecordedWholeByTheSameUploadSentAgain() {
    assumeThat(store().assemblesUnrecorded()).isTrue();
    byte[] whole = Bytes.random(2 * KIB, 12);
    UploadDeclaration declaration = Sessions.grid(whole.length, 2 * KIB);
    ByteRange all = new ByteRange(0, whole.length);
    assembled(write(opened(declaration), Bytes.random(2 * KIB, 13), all)); // and then a crash

    UploadSession session = assembled(write(opened(declaration), whole, all));

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0,1", "999,1000", "17,700", "0,1000"})
  void readsARange(int start, int end) {
    byte[] whole = Bytes.random(1000, 8);
    UploadSession session = opened(Sessions.grid(whole.length, 100));
    for (ByteRange cell : shuffledCells(session)) {
      session = write(session, whole, cell);
    }
    session = assembled(session);
    ByteRange range = new ByteRange(start, end);

    assertThat(Bytes.drain(store().read(session, range))).isEqualTo(Bytes.slice(whole, range));
  }

  @Test
  void discardsTwiceWithoutComplaint() {
    byte[] whole = Bytes.random(2 * KIB, 9);
    UploadSession session = opened(Sessions.grid(whole.length, KIB));
    session = write(session, whole, new ByteRange(0, KIB));

    store().discard(session);
    store().discard(session);
  }

  @Test
  void startsAfreshAfterADiscard() {
    byte[] whole = Bytes.random(2 * KIB, 10);
    UploadDeclaration declaration = Sessions.grid(whole.length, KIB);
    UploadSession first = opened(declaration);
    store().discard(write(first, Bytes.random(2 * KIB, 11), new ByteRange(0, KIB)));

    UploadSession session = opened(declaration);
    for (ByteRange cell : shuffledCells(session)) {
      session = write(session, whole, cell);
    }
    session = assembled(session);

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  protected static List<ByteRange> shuffledCells(UploadSession session) {
    List<ByteRange> cells = new ArrayList<>();
    if (session.policy() instanceof ChunkGrid grid) {
      for (int cell = 0; cell < grid.count(); cell++) {
        cells.add(grid.cell(cell));
      }
    }
    Collections.shuffle(cells, new Random(42));
    return cells;
  }

  private static ChunkBody refusingAfter(byte[] bytes, Rejection rejection) {
    return new ChunkBody() {
      @Override
      public long transferTo(WritableByteChannel sink) throws IOException {
        sink.write(ByteBuffer.wrap(bytes));
        throw new UploadRejectedException(rejection);
      }

      @Override
      public boolean truncated() {
        return false;
      }

      @Override
      public void cut() {}
    };
  }
}
