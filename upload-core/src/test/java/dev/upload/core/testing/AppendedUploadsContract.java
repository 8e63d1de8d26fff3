package dev.upload.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Progress;
import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link dev.upload.core.port.ChunkStore} owes to uploads whose length is said late, and
 * to those that are made of others.
 */
public abstract class AppendedUploadsContract extends StoreSteps {

  private static final int MIB = 1024 * 1024;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 700, 5 * MIB - 1, 5 * MIB, 5 * MIB + 1, 8 * MIB - 1, 8 * MIB})
  void losesNothingWhenTheLengthIsSaidBehindTheLastByte(int length) {
    byte[] whole = Bytes.random(length, length);
    UploadSession session = opened(Sessions.appendOfDeferredLength());

    session = append(session, whole, length - Math.min(length, 3));
    session = append(session, whole, length);
    session = session.withLength(length, Sessions.START);

    assertThat(session.state()).isEqualTo(UploadState.ASSEMBLING);
    assertThat(contentOf(assembled(session))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {8 * MIB + 1, 10 * MIB, 16 * MIB, 16 * MIB + 1})
  void losesNothingOfSeveralPartsEither(int length) {
    byte[] whole = Bytes.random(length, length);
    UploadSession session = opened(Sessions.appendOfDeferredLength());

    session = append(session, whole, 3 * MIB);
    session = append(session, whole, length);
    session = session.withLength(length, Sessions.START);

    assertThat(contentOf(assembled(session))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 700, 5 * MIB, 5 * MIB + 1, 8 * MIB, 8 * MIB + 1, 16 * MIB, 16 * MIB + 1})
  void losesNothingWhenTheLengthIsSaidBeforeTheLastBytes(int length) {
    byte[] whole = Bytes.random(length, length);
    UploadSession session = opened(Sessions.appendOfDeferredLength());

    session = append(session, whole, length / 3);
    session = session.withLength(length, Sessions.START);
    session = append(session, whole, length - length / 3 - 1);
    session = append(session, whole, 1);

    assertThat(session.state()).isEqualTo(UploadState.ASSEMBLING);
    assertThat(contentOf(assembled(session))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 700, 5 * MIB - 1, 5 * MIB, 5 * MIB + 1, 8 * MIB, 16 * MIB + 1})
  void losesNothingWhereTheClientSaysThatNothingFollows(int length) {
    byte[] whole = Bytes.random(length, length);
    UploadSession session = opened(Sessions.appendOfUnknownLength());

    session = append(session, whole, length / 2);
    session = appendLast(session, whole);

    assertThat(session.state()).isEqualTo(UploadState.ASSEMBLING);
    assertThat(session.length()).hasValue(length);
    assertThat(contentOf(assembled(session))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 700, 5 * MIB + 1})
  void losesNothingWhereTheClientSaysSoBehindTheLastByteOfAKnownLength(int length) {
    byte[] whole = Bytes.random(length, length);
    UploadSession session = opened(Sessions.declared(length));

    session = append(session, whole, length);
    assertThat(session.state()).isEqualTo(UploadState.OPEN);
    session = appendLast(session, whole);

    assertThat(contentOf(assembled(session))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 700, 200_000, 5 * MIB, 17 * MIB})
  void losesNothingOfABodyThatIsTakenInPieces(int length) {
    byte[] whole = Bytes.random(length, length);
    Uploads uploads = Uploads.over(store(), new InMemorySessions()).build();
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();
    List<Long> told = new ArrayList<>();
    Progress progress =
        new Progress(3 * MIB + 1, Duration.ofDays(1), now -> told.add(now.offset()));

    uploads.receive(id, Chunk.openEnded(0), Bytes.brokenBody(whole, length / 2), progress);
    UploadSession session =
        uploads.receive(
            id,
            new Chunk(length / 2, OptionalLong.empty(), true),
            Bytes.body(whole, new ByteRange(length / 2, length)),
            progress);

    assertThat(told).isSorted().allMatch(offset -> offset <= length);
    assertThat(Bytes.drain(uploads.read(session, ByteRange.at(0, length)))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1000,1,0,70000",
        "0,0,5",
        "5,0",
        "5242880,5242880",
        "6291457,11,5242881,300,7340033",
        "300,9000000,5242879,9000000,17",
        "5242879,1,5242879,2",
        "17000000,100"
      })
  void joinsSourcesOfAnySizesInTheirOrder(String sizes) {
    List<UploadSession> sources = new ArrayList<>();
    Arrays.stream(sizes.split(","))
        .mapToInt(Integer::parseInt)
        .forEach(s -> sources.add(source(s)));

    UploadSession whole = assembled(copiedAll(concatenation(sources), sources));

    assertThat(contentOf(whole)).isEqualTo(contentsOf(sources));
  }

  @Test
  void makesAnEmptyWholeOfEmptySources() {
    List<UploadSession> sources = List.of(source(0), source(0));

    UploadSession whole = assembled(copiedAll(concatenation(sources), sources));

    assertThat(contentOf(whole)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 6 * MIB})
  void takesTheSameSourceSeveralTimes(int size) {
    UploadSession source = source(size);
    List<UploadSession> sources = List.of(source, source(7), source, source);

    UploadSession whole = assembled(copiedAll(concatenation(sources), sources));

    assertThat(contentOf(whole)).isEqualTo(contentsOf(sources));
  }

  @Test
  void takesASourceWhoseLengthWasSaidLate() {
    byte[] bytes = Bytes.random(9 * MIB, 21);
    UploadSession late = opened(Sessions.partialOfDeferredLength());
    late = append(append(late, bytes, 8 * MIB + 5), bytes, bytes.length);
    late = late.withLength(bytes.length, Sessions.START);
    List<UploadSession> sources = List.of(late, source(3));

    UploadSession whole = assembled(copiedAll(concatenation(sources), sources));

    assertThat(contentOf(whole)).startsWith(bytes).hasSize(bytes.length + 3);
  }

  @Test
  void copiesAgainWhatWasCopiedRightBeforeACrash() {
    List<UploadSession> sources = List.of(source(6 * MIB + 1), source(100), source(7 * MIB));
    UploadSession session = concatenation(sources);

    for (UploadSession source : sources) {
      store().copy(session, session.offset(), source); // and then a crash
      session = copied(session, source);
    }
    UploadSession whole = assembled(session);

    assertThat(contentOf(whole)).isEqualTo(contentsOf(sources));
  }

  @Test
  void copiesNothingTwice() {
    List<UploadSession> sources = List.of(source(6 * MIB + 1), source(100));
    UploadSession session = copied(concatenation(sources), sources.getFirst());

    StoredChunk again = store().copy(session, 0, sources.getFirst());
    session = recorded(session, new ByteRange(0, 6 * MIB + 1), again);
    UploadSession whole = assembled(copied(session, sources.getLast()));

    assertThat(contentOf(whole)).isEqualTo(contentsOf(sources));
  }

  @Test
  void leavesASourceAsItIsForTheNext() {
    List<UploadSession> sources = List.of(source(6 * MIB + 1), source(100));
    List<UploadSession> reversed = sources.reversed();
    UploadSession first = assembled(copiedAll(concatenation(sources), sources));
    store().discard(first);

    UploadSession second = assembled(copiedAll(concatenation(reversed), reversed));

    assertThat(contentOf(second)).isEqualTo(contentsOf(reversed));
  }

  @Test
  void keepsTheWholeWhenItsSourcesGo() {
    List<UploadSession> sources = List.of(source(6 * MIB + 1), source(100));
    UploadSession whole = assembled(copiedAll(concatenation(sources), sources));

    sources.forEach(store()::discard);

    assertThat(contentOf(whole)).isEqualTo(contentsOf(sources));
  }

  @Test
  void freesEverythingOfSourcesAndOfTheWholeThatWasBegun() {
    List<UploadSession> sources = List.of(source(6 * MIB + 1), source(100), source(0));
    UploadSession begun = copied(concatenation(sources), sources.getFirst());
    begun = copied(begun, sources.get(1));

    store().discard(begun);
    sources.forEach(store()::discard);
    sources.forEach(store()::discard);

    assertThat(isEmpty()).isTrue();
  }

  @Test
  void leavesNothingOfAWholeThatIsTakenAway() {
    List<UploadSession> sources = List.of(source(100), source(6 * MIB + 1));
    UploadSession whole = assembled(copiedAll(concatenation(sources), sources));

    sources.forEach(store()::discard);
    store().discard(whole);

    assertThat(isEmpty()).isTrue();
  }

  // what a use case does around the store, in short

  /** Returns a full partial upload that came in two odd chunks. */
  private UploadSession source(int size) {
    byte[] bytes = bytesOf(size);
    UploadSession session = opened(Sessions.partial(size));
    session = append(session, bytes, size / 3);
    return append(session, bytes, size);
  }

  /** Appends what is left, and says that nothing follows. */
  private UploadSession appendLast(UploadSession session, byte[] whole) {
    Chunk last = new Chunk(session.offset(), OptionalLong.empty(), true);
    ByteRange range = new ByteRange(session.offset(), whole.length);
    StoredChunk stored = store().write(session, last, Bytes.body(whole, range));
    return recorded(session, range, stored).endedWith(last, Sessions.START);
  }

  private static byte[] bytesOf(long size) {
    return Bytes.random(Math.toIntExact(size), size + 5);
  }

  private static byte[] contentsOf(List<UploadSession> sources) {
    byte[] all = new byte[Math.toIntExact(lengthOf(sources))];
    int at = 0;
    for (UploadSession source : sources) {
      byte[] bytes = bytesOf(source.offset());
      System.arraycopy(bytes, 0, all, at, bytes.length);
      at += bytes.length;
    }
    return all;
  }

  private static long lengthOf(List<UploadSession> sources) {
    return sources.stream().mapToLong(UploadSession::offset).sum();
  }

  /** Returns an upload that is to be made of {@code sources}, which are full by now. */
  private UploadSession concatenation(List<UploadSession> sources) {
    List<UploadId> ids = sources.stream().map(UploadSession::id).toList();
    UploadDeclaration declaration = Sessions.concatenation(ids);
    return opened(declaration).withLength(lengthOf(sources), Sessions.START);
  }

  private UploadSession copiedAll(UploadSession target, List<UploadSession> sources) {
    UploadSession session = target;
    for (UploadSession source : sources) {
      session = copied(session, source);
    }
    return session;
  }

  private UploadSession copied(UploadSession target, UploadSession source) {
    StoredChunk stored = store().copy(target, target.offset(), source);
    return recorded(target, ByteRange.at(target.offset(), source.offset()), stored);
  }
}
