package dev.upload.http.rufh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of versions, against what the drafts say. */
class InteropTest {

  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10})
  void everyVersionFromThreeToTenIsSpoken(long number) {
    assertThat(Interop.of(OptionalLong.of(number)).number()).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 11, 999_999_999_999_999L})
  void anyOtherIsTakenAsNone(long number) {
    assertThat(Interop.of(OptionalLong.of(number))).isEqualTo(Interop.UNNAMED);
    assertThat(Interop.of(OptionalLong.empty())).isEqualTo(Interop.UNNAMED);
  }

  @ParameterizedTest
  @EnumSource(Interop.class)
  void onlyTheThirdSaysCompletenessByItsContrary(Interop version) {
    boolean third = version == Interop.V3;

    assertThat(version.completenessField())
        .isEqualTo(third ? "Upload-Incomplete" : "Upload-Complete");
    assertThat(version.completenessValue(true)).isEqualTo(!third);
    assertThat(version.completenessValue(false)).isEqualTo(third);
  }

  @ParameterizedTest
  @CsvSource({"V3,true", "V4,false", "V5,false", "V6,false"})
  void anEarlyAppendNeedNotSayWhetherItIsTheLast(Interop version, boolean last) {
    assertThat(version.unsaidCompleteness()).contains(last);
  }

  @ParameterizedTest
  @EnumSource(names = {"V7", "V8", "V9", "V10", "UNNAMED"})
  void aLaterAppendSaysWhetherItIsTheLast(Interop version) {
    assertThat(version.unsaidCompleteness()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "V3,",
    "V4,",
    "V5,",
    "V6,expires",
    "V7,max-age",
    "V8,max-age",
    "V9,max-age",
    "V10,max-age",
    "UNNAMED,max-age"
  })
  void theRemainingTimeHasItsName(Interop version, String key) {
    assertThat(version.ageKey().orElse(null)).isEqualTo(key);
  }

  @Test
  void interimResponsesAreForThoseWhoNameTheirVersion() {
    assertThat(with(Trait.PROGRESS)).containsExactlyInAnyOrder(5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(Interop.UNNAMED.has(Trait.PROGRESS)).isFalse();
  }

  @Test
  void aMediaTypeOfAppendsCameWithTheSixth() {
    assertThat(with(Trait.APPEND_TYPE)).containsExactlyInAnyOrder(0L, 6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void theEarlyOnesTellTheOffsetInEveryAnswerAndTakeNoneInQuestions() {
    for (Trait early :
        Set.of(Trait.OFFSET_IN_ANSWERS, Trait.APPENDS_CREATE, Trait.BARE_QUESTIONS)) {
      assertThat(with(early)).as(early.name()).containsExactlyInAnyOrder(3L, 4L, 5L, 6L);
    }
    assertThat(with(Trait.QUESTIONS_WITHOUT_LENGTH)).containsExactly(6L);
  }

  @Test
  void aCompleteUploadWasAProblemUntilTheNinth() {
    assertThat(with(Trait.COMPLETED_IS_PROBLEM)).containsExactlyInAnyOrder(6L, 7L, 8L);
  }

  @Test
  void moreThanTheLengthEndsAnUploadSinceTheSeventh() {
    assertThat(with(Trait.OVERRUN_ENDS)).containsExactlyInAnyOrder(0L, 7L, 8L, 9L, 10L);
  }

  @Test
  void moreBytesForACompleteUploadAreAnInconsistentLengthSinceTheEighth() {
    assertThat(with(Trait.SURPLUS_IS_INCONSISTENT)).containsExactlyInAnyOrder(0L, 8L, 9L, 10L);
  }

  @Test
  void onlyTheEighthTellsTheMediaTypeInOptions() {
    assertThat(with(Trait.ACCEPT_PATCH)).containsExactly(8L);
  }

  /** Returns the numbers of the versions with a trait; 0 is that of requests without one. */
  private static Set<Long> with(Trait trait) {
    return Arrays.stream(Interop.values())
        .filter(version -> version.has(trait))
        .map(version -> version.number().orElse(0))
        .collect(Collectors.toSet());
  }
}
