package dev.upload.http.rufh;

import static dev.upload.http.rufh.Trait.ACCEPT_PATCH;
import static dev.upload.http.rufh.Trait.APPENDS_CREATE;
import static dev.upload.http.rufh.Trait.APPEND_TYPE;
import static dev.upload.http.rufh.Trait.BARE_QUESTIONS;
import static dev.upload.http.rufh.Trait.COMPLETED_IS_PROBLEM;
import static dev.upload.http.rufh.Trait.COMPLETENESS_NEEDED;
import static dev.upload.http.rufh.Trait.INCOMPLETENESS;
import static dev.upload.http.rufh.Trait.LIMITS_WITH_EXPIRES;
import static dev.upload.http.rufh.Trait.LIMITS_WITH_MAX_AGE;
import static dev.upload.http.rufh.Trait.OFFSET_IN_ANSWERS;
import static dev.upload.http.rufh.Trait.OVERRUN_ENDS;
import static dev.upload.http.rufh.Trait.PROGRESS;
import static dev.upload.http.rufh.Trait.QUESTIONS_WITHOUT_LENGTH;
import static dev.upload.http.rufh.Trait.SURPLUS_IS_INCONSISTENT;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The versions of the draft that are spoken, one row each: the one place that knows what they
 * differ in. A request names its version by number.
 */
enum Interop {
  /** Draft -01. */
  V3(3, INCOMPLETENESS, OFFSET_IN_ANSWERS, APPENDS_CREATE, BARE_QUESTIONS),
  /** Draft -02. */
  V4(4, OFFSET_IN_ANSWERS, APPENDS_CREATE, BARE_QUESTIONS),
  /** Draft -03. */
  V5(5, OFFSET_IN_ANSWERS, APPENDS_CREATE, BARE_QUESTIONS, PROGRESS),
  /** Drafts -04 and -05. */
  V6(
      6,
      OFFSET_IN_ANSWERS,
      APPENDS_CREATE,
      BARE_QUESTIONS,
      QUESTIONS_WITHOUT_LENGTH,
      PROGRESS,
      APPEND_TYPE,
      LIMITS_WITH_EXPIRES,
      COMPLETED_IS_PROBLEM),
  /** Drafts -06 to -08. */
  V7(
      7,
      PROGRESS,
      APPEND_TYPE,
      LIMITS_WITH_MAX_AGE,
      COMPLETED_IS_PROBLEM,
      COMPLETENESS_NEEDED,
      OVERRUN_ENDS),
  /** Drafts -09 to -11. */
  V8(
      8,
      PROGRESS,
      APPEND_TYPE,
      LIMITS_WITH_MAX_AGE,
      COMPLETED_IS_PROBLEM,
      COMPLETENESS_NEEDED,
      OVERRUN_ENDS,
      SURPLUS_IS_INCONSISTENT,
      ACCEPT_PATCH),
  /** Draft -12. */
  V9(
      9,
      PROGRESS,
      APPEND_TYPE,
      LIMITS_WITH_MAX_AGE,
      COMPLETENESS_NEEDED,
      OVERRUN_ENDS,
      SURPLUS_IS_INCONSISTENT),
  /** Draft -13. */
  V10(
      10,
      PROGRESS,
      APPEND_TYPE,
      LIMITS_WITH_MAX_AGE,
      COMPLETENESS_NEEDED,
      OVERRUN_ENDS,
      SURPLUS_IS_INCONSISTENT),
  /**
   * The newest, for requests that name no version, or none that is spoken: without interim
   * responses, which drafts have for their own clients only.
   */
  UNNAMED(
      APPEND_TYPE, LIMITS_WITH_MAX_AGE, COMPLETENESS_NEEDED, OVERRUN_ENDS, SURPLUS_IS_INCONSISTENT);

  private final OptionalLong number;

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
  private final Set<Trait> traits;

  Interop(long number, Trait first, Trait... more) {
    this.number = OptionalLong.of(number);
    this.traits = EnumSet.of(first, more);
  }

  Interop(Trait first, Trait... more) {
    this.number = OptionalLong.empty();
    this.traits = EnumSet.of(first, more);
  }

  /** Returns the version that a request names, if it is spoken. */
  static Interop of(OptionalLong named) {
    return Arrays.stream(values())
        .filter(version -> version.number.equals(named))
        .findFirst()
        .orElse(UNNAMED);
  }

  /** Returns its number, which every interim response has to name; without one there are none. */
  OptionalLong number() {
    return number;
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** Returns the field that says whether an upload is complete. */
  String completenessField() {
    return has(INCOMPLETENESS) ? Rufh.INCOMPLETE : Rufh.COMPLETE;
  }

  /** Returns what that field says of an upload, and the other way round. */
  boolean completenessValue(boolean complete) {
    return has(INCOMPLETENESS) != complete;
  }

  /** Returns what an append is that does not say whether it is the last one. */
  Optional<Boolean> unsaidCompleteness() {
    return has(COMPLETENESS_NEEDED) ? Optional.empty() : Optional.of(has(INCOMPLETENESS));
  }

  /** Returns under which key limits tell the remaining time; empty if limits are not told. */
  Optional<String> ageKey() {
    if (has(LIMITS_WITH_EXPIRES)) {
      return Optional.of("expires");
    }
    return has(LIMITS_WITH_MAX_AGE) ? Optional.of("max-age") : Optional.empty();
  }
}
