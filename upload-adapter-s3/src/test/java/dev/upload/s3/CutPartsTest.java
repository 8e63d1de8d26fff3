package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CutPartsTest {

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long TIB = 1L << 40;

  @Property(tries = 500)
  void partsOfAnySourcesAreLegalAndCoverThemExactly(@ForAll("sources") List<Long> sources) {
    long length = sources.stream().mapToLong(Long::longValue).sum();

    CutParts plan = cut(sources);

    assertThat(plan.count(length)).isBetween(1, PartPlan.MAX_PARTS);
    long at = 0;
    for (int number = 1; number <= plan.ends().size(); number++) {
      ByteRange part = plan.part(number, length);
      assertThat(part.start()).isEqualTo(at);
      assertThat(part.length()).isBetween(1L, PartPlan.MAX_PART_BYTES);
      assertThat(part.length() >= PartPlan.MIN_PART_BYTES || part.end() == length).isTrue();
      at = part.end();
    }
    assertThat(at).isEqualTo(length);
  }

  /** However many sources there are: this is what passes through the process. */
  @Property(tries = 500)
  void ofEachSourceFewerBytesThanTwoSmallestPartsAreInPartsOfSeveral(
      @ForAll("sources") List<Long> sources) {
    CutParts plan = cut(sources);

    long start = 0;
    for (long size : sources) {
      ByteRange source = ByteRange.at(start, size);
      long copied =
          parts(plan).stream().filter(source::contains).mapToLong(ByteRange::length).sum();
      assertThat(size - copied).isLessThan(2 * leastBytes(sources));
      start += size;
    }
  }

  @Test
  void eachSourceOfAPartsSizeIsAPart() {
    CutParts plan = cut(List.of(100 * MIB, 5 * MIB, 6 * MIB + 1, 17L));

    assertThat(plan.ends()).containsExactly(100 * MIB, 105 * MIB, 111 * MIB + 1, 111 * MIB + 18);
  }

  @Test
  void aSmallSourceTakesFromTheNextWhatAPartNeeds() {
    CutParts plan = cut(List.of(MIB, 100 * MIB));

    assertThat(plan.ends()).containsExactly(5 * MIB, 101 * MIB);
  }

  @Test
  void aLongSourceIsCutIntoSlices() {
    CutParts plan = cut(List.of(300 * MIB, 10 * MIB));

    assertThat(plan.ends()).containsExactly(128 * MIB, 256 * MIB, 300 * MIB, 310 * MIB);
  }

  @Test
  void aRestThatIsTooShortForAPartGoesWithTheSliceBeforeIt() {
    CutParts plan = cut(List.of(129 * MIB, 10 * MIB));

    assertThat(plan.ends()).containsExactly(129 * MIB, 139 * MIB);
  }

  @Test
  void manyTinySourcesMakeOnePartTogether() {
    CutParts plan = cut(List.of(1_000L, 1_000L, 1_000L));

    assertThat(plan.ends()).containsExactly(3_000L);
  }

  @Test
  void aPartWithoutTheOneBeforeItIsNotTakenForIt() {
    StoredPart second = new StoredPart(2, "etag", new Crc32c(0, 5 * MIB));

    assertThatThrownBy(() -> CutParts.NONE.cutAs(List.of(second)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without part 1");
  }

  private static long leastBytes(List<Long> sources) {
    long length = sources.stream().mapToLong(Long::longValue).sum();
    return Math.max(PartPlan.MIN_PART_BYTES, Math.ceilDiv(length, PartPlan.MAX_PARTS));
  }

  private static List<ByteRange> parts(CutParts plan) {
    return java.util.stream.IntStream.rangeClosed(1, plan.ends().size())
        .mapToObj(plan::part)
        .toList();
  }

  private static CutParts cut(List<Long> sources) {
    long length = sources.stream().mapToLong(Long::longValue).sum();
    CutParts plan = CutParts.NONE;
    long at = 0;
    for (long size : sources) {
      plan = plan.cutFor(ByteRange.at(at, size), length);
      at += size;
    }
    return plan;
  }

  @Provide
  Arbitrary<List<Long>> sources() {
    Arbitrary<Long> sizes =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 10),
            Arbitraries.longs().between(1, 12 * MIB),
            Arbitraries.longs().between(5 * MIB, 700 * MIB),
            Arbitraries.longs().between(GIB, TIB));
    return sizes.list().ofMinSize(1).ofMaxSize(20);
  }
}
