package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomAheadTest {

  private static final long MIB = 1024 * 1024;
  private static final Path FILE = Path.of("partial", "file");

  private final List<ByteRange> made = new ArrayList<>();
  private final UploadDeclaration declaration = Sessions.grid(3_000 * MIB, 8 * MIB);
  private final UploadSession empty = Sessions.open(declaration);
  private RoomAhead room = new RoomAhead((file, range) -> made.add(range), bytes -> true);

  @Test
  void isMadeForTwiceAsMuchAsHasArrivedAndBeforeItIsNeeded() {
    UploadSession session = empty;
    long roomUpTo = 0;
    for (long start = 0; start < 3_000 * MIB; start += 8 * MIB) {
      ByteRange cell = ByteRange.at(start, 8 * MIB);

      send(session, cell);
      room.run();

      session = session.received(cell, StoreNotes.NONE, Sessions.START);
      roomUpTo = made.isEmpty() ? 0 : made.getLast().end();
      assertThat(roomUpTo).isBetween(Math.min(cell.end() + 1, 3_000 * MIB), 3 * cell.end());
      assertThat(roomUpTo - cell.end()).isLessThanOrEqualTo(RoomAhead.MOST);
    }
    assertThat(roomUpTo).isEqualTo(3_000 * MIB);
    assertThat(made).hasSizeLessThan(20);
    for (int i = 1; i < made.size(); i++) {
      assertThat(made.get(i).start()).as("nothing twice").isEqualTo(made.get(i - 1).end());
    }
  }

  @Test
  void isMadeWhileOneLongBodyComes() {
    RoomAhead.Watch watch = watch(Sessions.append(100 * MIB), ByteRange.at(0, 100 * MIB));

    watch.reached(7 * MIB);
    assertThat(makeAll()).as("an announcement is no byte").isEmpty();
    watch.reached(9 * MIB);
    assertThat(makeAll()).containsExactly(mebibytes(9, 27));
    watch.reached(17 * MIB);
    assertThat(makeAll()).isEmpty();
    watch.reached(18 * MIB);

    assertThat(makeAll()).containsExactly(mebibytes(27, 54));
  }

  @Test
  void bytesFarAheadOfAllOthersGetNone() {
    send(empty, mebibytes(2_000, 2_008));

    assertThat(makeAll()).isEmpty();
  }

  @Test
  void smallFilesAndThoseOfUnknownLengthAreLeftToThemselves() {
    Chunk chunk = Chunk.filling(mebibytes(0, 8));

    assertThat(room.watch(Sessions.open(Sessions.grid(15 * MIB, 8 * MIB)), chunk, FILE)).isEmpty();
    assertThat(room.watch(Sessions.open(Sessions.appendOfUnknownLength()), chunk, FILE)).isEmpty();
    assertThat(new RoomAhead(Preallocation.NONE, bytes -> true).watch(empty, chunk, FILE))
        .isEmpty();
  }

  @Test
  void nothingIsTakenOfADiskThatMayBecomeFullOrCannotTell() {
    room = new RoomAhead((file, range) -> made.add(range), bytes -> false);
    send(empty, mebibytes(0, 8));
    assertThat(makeAll()).isEmpty();

    room =
        new RoomAhead(
            (file, range) -> made.add(range),
            bytes -> {
              throw new IOException("no answer");
            });
    send(empty, mebibytes(0, 8));
    assertThat(makeAll()).isEmpty();
    assertThat(room.missing(declaration.id(), mebibytes(8, 16))).isEqualTo(8 * MIB);
  }

  @Test
  void aPlaceThatHasRoomNeedsNoSpaceOfTheDisk() {
    send(empty, mebibytes(0, 8));

    assertThat(room.missing(declaration.id(), mebibytes(8, 16)))
        .as("it was only asked for")
        .isEqualTo(8 * MIB);
    assertThat(makeAll()).containsExactly(mebibytes(8, 24));
    assertThat(room.missing(declaration.id(), mebibytes(8, 16))).isZero();
    assertThat(room.missing(declaration.id(), mebibytes(20, 30))).isEqualTo(6 * MIB);
    assertThat(room.missing(declaration.id(), mebibytes(0, 4))).as("before it").isEqualTo(4 * MIB);

    room.forget(declaration.id());

    assertThat(room.missing(declaration.id(), mebibytes(8, 16))).isEqualTo(8 * MIB);
  }

  @Test
  void whatWasWantedForAnUploadThatIsGoneIsNotMadeForTheNextOfItsId() {
    send(empty, mebibytes(0, 8));
    room.forget(declaration.id());

    assertThat(makeAll()).isEmpty();
  }

  private void send(UploadSession session, ByteRange cell) {
    room.watch(session, Chunk.filling(cell), FILE).orElseThrow().reached(cell.end());
  }

  private RoomAhead.Watch watch(UploadDeclaration declaration, ByteRange body) {
    return room.watch(Sessions.open(declaration), Chunk.filling(body), FILE).orElseThrow();
  }

  private List<ByteRange> makeAll() {
    made.clear();
    room.run();
    return List.copyOf(made);
  }

  private static ByteRange mebibytes(long start, long end) {
    return new ByteRange(start * MIB, end * MIB);
  }
}
