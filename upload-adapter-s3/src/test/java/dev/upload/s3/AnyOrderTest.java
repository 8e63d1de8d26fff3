package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the order, the repetitions and the simultaneity of chunks: the same file. */
class AnyOrderTest {

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  private final S3Config config = EmbeddedS3.shared().newBucket().build();
  private final Opened opened = Opened.on(config);

  @Property(tries = 12)
  void anyOrderOfArrivalGivesTheSameFile(
      @ForAll("chunkSizes") int chunkSize,
      @ForAll @IntRange(min = 1, max = 18 * MIB) int length,
      @ForAll @IntRange(min = 1, max = 6) int atOnce,
      @ForAll long seed) {
    int most = chunkSize * 40;
    Rehearsal upload = Rehearsal.ofGrid(opened.store(), Math.min(length, most), chunkSize);
    Random random = new Random(seed);
    List<ByteRange> arrivals = new ArrayList<>(upload.cells());
    arrivals.addAll(upload.cells().subList(0, Math.min(3, upload.cells().size())));
    Collections.shuffle(arrivals, random);

    for (int from = 0; from < arrivals.size(); from += atOnce) {
      sideBySide(upload, arrivals.subList(from, Math.min(arrivals.size(), from + atOnce)));
    }
    upload.assemble();

    upload.assertReadsBack();
    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
  }

  @Property(tries = 12)
  void aLengthThatIsSaidAtAnyMomentLosesNothing(
      @ForAll("lengths") int length,
      @ForAll @IntRange(max = 5) int saidAfter,
      @ForAll("appends") List<Integer> appends) {
    Rehearsal upload = Rehearsal.ofDeferredLength(opened.store(), length);

    for (int i = 0; i < appends.size(); i++) {
      if (i == saidAfter) {
        upload.sayLength();
      }
      upload.append((int) Math.min(length, upload.session().offset() + appends.get(i)));
    }
    upload.append(length).sayLength().assemble();

    upload.assertReadsBack();
    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
  }

  /** All of them see the session as it was before any of them. */
  private static void sideBySide(Rehearsal upload, List<ByteRange> cells) {
    UploadSession view = upload.session();
    List<StoredChunk> stored = new ArrayList<>();
    cells.forEach(cell -> stored.add(upload.written(cell, view)));
    for (int i = 0; i < cells.size(); i++) {
      upload.record(cells.get(i), stored.get(i));
    }
  }

  /** On, before and behind the borders of parts more often than not. */
  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 18 * MIB),
        Arbitraries.of(8, 16).map(mib -> mib * MIB),
        Arbitraries.of(8, 16).map(mib -> mib * MIB - 1),
        Arbitraries.of(8, 16).map(mib -> mib * MIB + 1));
  }

  @Provide
  Arbitrary<List<Integer>> appends() {
    return Arbitraries.integers().between(0, 9 * MIB).list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<Integer> chunkSizes() {
    return Arbitraries.of(64 * KIB, MIB, 5 * MIB, 8 * MIB, 3 * MIB + 1);
  }
}
