package dev.upload.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangesTest {

  private static final int WORLD = 64;

  @Property
  void holdsWhatWasAddedAndNotTakenAway(@ForAll("edits") List<Edit> edits) {
    BitSet expected = new BitSet();
    ByteRanges ranges = ByteRanges.EMPTY;

    for (Edit edit : edits) {
      expected.set((int) edit.range.start(), (int) edit.range.end(), edit.add);
      ranges = edit.add ? ranges.plus(edit.range) : ranges.minus(edit.range);
    }

    assertThat(bitsOf(ranges)).isEqualTo(expected);
    assertThat(ranges.total()).isEqualTo(expected.cardinality());
    assertThat(ranges.prefixEnd()).isEqualTo(expected.nextClearBit(0));
    assertThat(ByteRanges.parse(ranges.toString())).isEqualTo(ranges);
  }

  @Property
  void keepsTheFewestRanges(@ForAll("edits") List<Edit> edits) {
    ByteRanges ranges = after(edits);

    List<ByteRange> list = ranges.asList();

    for (int i = 1; i < list.size(); i++) {
      assertThat(list.get(i).start()).isGreaterThan(list.get(i - 1).end());
    }
    assertThat(ranges.count()).isEqualTo(list.size());
  }

  @Property
  void coversARangeIfItHasEveryByteOfIt(
      @ForAll("edits") List<Edit> edits, @ForAll("ranges") ByteRange range) {
    ByteRanges ranges = after(edits);

    boolean every =
        range.isEmpty() || bitsOf(ranges).nextClearBit((int) range.start()) >= range.end();

    assertThat(ranges.covers(range)).isEqualTo(every);
  }

  @Property
  void missesWhatItDoesNotHold(@ForAll("edits") List<Edit> edits) {
    ByteRanges ranges = after(edits);

    ByteRanges missing = ByteRanges.of(ranges.missing(WORLD).toArray(ByteRange[]::new));

    BitSet complement = bitsOf(ranges);
    complement.flip(0, WORLD);
    assertThat(bitsOf(missing)).isEqualTo(complement);
  }

  @Test
  void joinsRangesThatTouch() {
    assertThat(ByteRanges.of(new ByteRange(0, 5), new ByteRange(8, 9), new ByteRange(5, 8)))
        .isEqualTo(ByteRanges.of(new ByteRange(0, 9)))
        .hasToString("0-9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "1-", "-", "5-1", "1-1", "0-5,5-8", "0-5,4-8", "-1-5", "a-b", "0-5,"})
  void readsNothingElseThanItWrites(String text) {
    assertThatThrownBy(() -> ByteRanges.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  record Edit(boolean add, ByteRange range) {}

  @Provide
  Arbitrary<List<Edit>> edits() {
    Arbitrary<Boolean> mostlyAdd =
        Arbitraries.frequency(net.jqwik.api.Tuple.of(3, true), net.jqwik.api.Tuple.of(1, false));
    return Combinators.combine(mostlyAdd, ranges()).as(Edit::new).list().ofMaxSize(20);
  }

  @Provide
  Arbitrary<ByteRange> ranges() {
    Arbitrary<Long> bound = Arbitraries.longs().between(0, WORLD);
    return Combinators.combine(bound, bound)
        .as((a, b) -> new ByteRange(Math.min(a, b), Math.max(a, b)));
  }

  private static ByteRanges after(List<Edit> edits) {
    ByteRanges ranges = ByteRanges.EMPTY;
    for (Edit edit : edits) {
      ranges = edit.add ? ranges.plus(edit.range) : ranges.minus(edit.range);
    }
    return ranges;
  }

  private static BitSet bitsOf(ByteRanges ranges) {
    BitSet bits = new BitSet();
    ranges.asList().forEach(range -> bits.set((int) range.start(), (int) range.end()));
    return bits;
  }
}
