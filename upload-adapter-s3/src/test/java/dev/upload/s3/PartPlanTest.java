package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.AppendOnly;
import dev.upload.core.model.AssemblyPolicy;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.testing.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartPlanTest {

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long TIB = 1L << 40;
  private static final PartWish WISH = new PartWish(8 * MIB, 64 * MIB, false);

  @Property(tries = 300)
  void partsOfAGridAreLegalAndCoverTheLengthExactly(
      @ForAll("lengths") long length, @ForAll("chunkSizes") long chunkSize) {
    assertLegal(
        PartPlan.of(grid(length, Math.max(chunkSize, length / 1_000_000_000)), WISH), length);
  }

  @Property(tries = 300)
  void partsOfAnAppendAreLegalAndCoverTheLengthExactly(@ForAll("lengths") long length) {
    assertLegal(PartPlan.of(append(length), WISH), length);
  }

  @Property(tries = 300)
  void everyByteIsInThePartThatIsSaidToHaveIt(
      @ForAll("plansWithCuts") PartPlan plan, @ForAll @LongRange(max = 17 * TIB) long offset) {
    long within = offset % plan.capacity();

    ByteRange part = plan.part(plan.partAt(within));

    assertThat(part.contains(ByteRange.at(within, 1))).isTrue();
  }

  @Property(tries = 100)
  void aPlanIsReadAsItWasWritten(@ForAll("plans") PartPlan plan) {
    assertThat(PartPlan.parse(plan.toString())).isEqualTo(plan);
  }

  @ParameterizedTest
  @ValueSource(longs = {5 * MIB, 8 * MIB, 64 * MIB, 5 * MIB + 1})
  void aCellThatIsALegalPartIsOne(long chunkSize) {
    PartPlan plan = PartPlan.of(grid(chunkSize * 100 + 17, chunkSize), WISH);

    assertThat(plan).isEqualTo(new EqualParts(chunkSize));
    assertThat(plan.part(100, chunkSize * 100 + 17))
        .isEqualTo(new ByteRange(99 * chunkSize, 100 * chunkSize));
  }

  @ParameterizedTest
  @CsvSource({"65536,8388608", "1048576,8388608", "3000000,9000000", "5242879,10485758"})
  void smallerCellsMakePartsOfSeveral(long chunkSize, long partBytes) {
    assertThat(PartPlan.of(grid(GIB, chunkSize), WISH)).isEqualTo(new EqualParts(partBytes));
  }

  @Test
  void moreThanTenThousandCellsAreCombinedHoweverLargeTheyAre() {
    PartPlan plan = PartPlan.of(grid(20_001 * 8 * MIB, 8 * MIB), WISH);

    assertThat(plan).isEqualTo(new EqualParts(24 * MIB));
  }

  @Test
  void tenThousandCellsAreTenThousandParts() {
    long length = 10_000 * 5 * MIB;

    PartPlan plan = PartPlan.of(grid(length, 5 * MIB), WISH);

    assertThat(plan.count(length)).isEqualTo(10_000);
    assertThat(plan).isEqualTo(new EqualParts(5 * MIB));
  }

  @Test
  void hugeCellsAreSlicedWithoutARest() {
    assertThat(PartPlan.of(grid(10 * GIB, GIB), WISH)).isEqualTo(new EqualParts(64 * MIB));
    assertThat(PartPlan.of(grid(10 * 100_000_000L, 100_000_000), WISH))
        .isEqualTo(new EqualParts(50_000_000));
  }

  @Test
  void aLastCellThatIsLongEndsInAPartOfItsOwn() {
    long length = 10 * 5 * MIB + 4 * MIB;

    PartPlan plan = PartPlan.of(grid(length, 5 * MIB), WISH);

    assertThat(plan.count(length)).isEqualTo(11);
    assertThat(plan.part(11, length)).isEqualTo(ByteRange.at(50 * MIB, 4 * MIB));
  }

  @Test
  void theLargestObjectFitsExactly() {
    PartPlan plan = PartPlan.of(append(PartPlan.MAX_LENGTH), WISH);

    assertThat(plan.count(PartPlan.MAX_LENGTH)).isEqualTo(10_000);
    assertThatThrownBy(() -> PartPlan.of(append(PartPlan.MAX_LENGTH + 1), WISH))
        .isInstanceOf(UploadRejectedException.class);
  }

  @Test
  void partsOfAnUnknownLengthGrowUntilSeventeenTebibytesFit() {
    GrowingParts plan = new GrowingParts(8 * MIB);

    assertLegal(plan, plan.capacity());
    assertThat(plan.capacity()).isGreaterThan(17 * TIB);
    assertThat(plan.part(1_000)).isEqualTo(ByteRange.at(999 * 8 * MIB, 8 * MIB));
    assertThat(plan.part(10_000).length()).isEqualTo(5 * GIB);
  }

  @Test
  void aStoreThatWantsEqualPartsGetsThemWhateverTheLength() {
    UploadDeclaration unknown = Sessions.appendOfUnknownLength();

    PartPlan plan = PartPlan.of(unknown, new PartWish(8 * MIB, 64 * MIB, true));

    assertThat(plan).isEqualTo(new EqualParts(64 * MIB));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "equal",
        "equal x",
        "growing 8388608 ",
        "equal 5242879",
        "shrinking 8388608",
        "cut 8388608"
      })
  void anythingElseIsNoPlan(String text) {
    assertThatThrownBy(() -> PartPlan.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertLegal(PartPlan plan, long length) {
    int count = plan.count(length);
    assertThat(count).isBetween(1, PartPlan.MAX_PARTS);
    long at = 0;
    for (int number = 1; number <= count; number++) {
      ByteRange part = plan.part(number, length);
      assertThat(part.start()).isEqualTo(at);
      assertThat(part.length()).isLessThanOrEqualTo(PartPlan.MAX_PART_BYTES);
      if (number < count) {
        assertThat(part.length()).isGreaterThanOrEqualTo(PartPlan.MIN_PART_BYTES);
      }
      at = part.end();
    }
    assertThat(at).isEqualTo(length);
  }

  private static UploadDeclaration grid(long length, long chunkSize) {
    int count = Math.toIntExact(Math.max(1, length / chunkSize));
    return declaration(new ChunkGrid(length, chunkSize, count), OptionalLong.of(length));
  }

  private static UploadDeclaration append(long length) {
    return declaration(new AppendOnly(AppendOnly.Completion.WHEN_FULL), OptionalLong.of(length));
  }

  private static UploadDeclaration declaration(AssemblyPolicy policy, OptionalLong length) {
    UploadDeclaration any = Sessions.append(1);
    return new UploadDeclaration(
        any.id(), any.owner(), policy, length, any.metadata(), any.destination(), any.createdAt());
  }

  @Provide
  Arbitrary<Long> lengths() {
    return Arbitraries.longs()
        .between(0, PartPlan.MAX_LENGTH)
        .edgeCases(cases -> cases.add(PartPlan.MAX_LENGTH));
  }

  @Provide
  Arbitrary<Long> chunkSizes() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(64 * 1024, 5 * MIB),
        Arbitraries.longs().between(5 * MIB, 100 * MIB),
        Arbitraries.longs().between(100 * MIB, 6 * GIB));
  }

  private static CutParts cut(List<Long> sizes) {
    List<Long> ends = new ArrayList<>();
    long end = 0;
    for (long size : sizes) {
      end += size;
      ends.add(end);
    }
    return new CutParts(ends);
  }

  @Provide
  Arbitrary<PartPlan> plans() {
    Arbitrary<Long> sizes = Arbitraries.longs().between(5 * MIB, 5 * GIB);
    return Arbitraries.oneOf(
        sizes.map(EqualParts::new), sizes.map(GrowingParts::new), Arbitraries.of(CutParts.NONE));
  }

  @Provide
  Arbitrary<PartPlan> plansWithCuts() {
    Arbitrary<Long> sizes = Arbitraries.longs().between(5 * MIB, 5 * GIB);
    return Arbitraries.oneOf(plans(), sizes.list().ofMaxSize(20).map(PartPlanTest::cut));
  }
}
