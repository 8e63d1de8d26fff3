package dev.upload.http.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.simple.SimpleHttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in headers: read where they are what they should be, absent otherwise. */
class StructuredFieldsTest {

  private static final Set<String> KEYS = Set.of("a", "b");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                    | 0",
        "5                    | 5",
        "007                  | 7",
        "-0                   | 0",
        "999999999999999      | 999999999999999",
        "5;why=\"a, b\";other | 5"
      })
  void anIntegerIsRead(String text, long value) {
    assertThat(StructuredFields.integer(headers(text), "X")).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1",
        "1000000000000000",
        "5.0",
        "5, 5",
        "5 5",
        "?1",
        "five",
        "\"5\"",
        "5;",
        "5;A=1",
        "0x5",
        "(5)",
        "\u00fc",
        "\u0665"
      })
  void whatIsNoIntegerIsAbsent(String text) {
    assertThat(StructuredFields.integer(headers(text), "X")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"?1, true", "?0, false", "?1;x=5, true"})
  void aBooleanIsRead(String text, boolean value) {
    assertThat(StructuredFields.flag(headers(text), "X")).contains(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0", "true", "?2", "?", "?1, ?1", "?10", "? 1"})
  void whatIsNoBooleanIsAbsent(String text) {
    assertThat(StructuredFields.flag(headers(text), "X")).isEmpty();
  }

  @Test
  void aValueOnTwoLinesIsAbsentAlsoIfTheyAreEqual() {
    MutableHttpHeaders twice = headers("5");
    twice.add("X", "5");

    assertThat(StructuredFields.integer(twice, "X")).isEmpty();
  }

  @Test
  void aFieldThatDidNotComeIsAbsent() {
    assertThat(StructuredFields.integer(headers("5"), "Y")).isEmpty();
    assertThat(StructuredFields.flag(headers("?1"), "Y")).isEmpty();
    assertThat(Dictionaries.integers(List.of(), KEYS)).isEmpty();
  }

  @Test
  void theLinesOfADictionaryArePutTogetherAndTheLastMemberCounts() {
    assertThat(Dictionaries.integers(List.of("a=1, b=2", "", "a=-3;x"), KEYS))
        .isEqualTo(Map.of("a", -3L, "b", 2L));
  }

  @Test
  void membersThatNobodyKnowsMayBeAnything() {
    assertThat(Dictionaries.integers(List.of("x=(1 2), a=1, y, z=\"1\""), KEYS))
        .isEqualTo(Map.of("a", 1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1, b", "a=1, b=x", "a=1, b=1.5", "a=1, b=(1)", "a=1, B=1", "a=1,"})
  void oneMemberThatCannotBeReadTakesTheOthersWithIt(String text) {
    assertThat(Dictionaries.integers(List.of(text), KEYS)).isEmpty();
  }

  @Test
  void bytesAreReadAndWritten() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("b", new byte[] {1, 2, 3});
    members.put("a", new byte[0]);

    String text = Dictionaries.formatBytes(members);
    Map<String, byte[]> read = Dictionaries.bytes(List.of(text), KEYS);

    assertThat(text).isEqualTo("b=:AQID:, a=::");
    assertThat(read).containsOnlyKeys("a", "b");
    assertThat(read.get("b")).containsExactly(1, 2, 3);
    assertThat(read.get("a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=AQID", "a=:AQ*D:", "a=:AQID", "a=\"AQID\"", "a=5"})
  void whatIsNoByteSequenceIsAbsent(String text) {
    assertThat(Dictionaries.bytes(List.of(text), KEYS)).isEmpty();
  }

  @Test
  void valuesAreWrittenAsTheyAreRead() {
    Map<String, Long> limits = new LinkedHashMap<>();
    limits.put("max-size", StructuredFields.MAX_INTEGER);
    limits.put("max-age", 0L);

    assertThat(StructuredFields.format(17)).isEqualTo("17");
    assertThat(StructuredFields.format(true)).isEqualTo("?1");
    assertThat(StructuredFields.format(false)).isEqualTo("?0");
    assertThat(Dictionaries.formatIntegers(limits))
        .isEqualTo("max-size=999999999999999, max-age=0");
  }

  @Test
  void whatCannotBeReadIsNotWritten() {
    long tooLong = StructuredFields.MAX_INTEGER + 1;

    assertThatThrownBy(() -> StructuredFields.format(tooLong))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Dictionaries.formatIntegers(Map.of("a", tooLong)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Dictionaries.formatIntegers(Map.of("A", 1L)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static MutableHttpHeaders headers(String value) {
    return new SimpleHttpHeaders(Map.of("X", value), ConversionService.SHARED);
  }
}
