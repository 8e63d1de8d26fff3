package dev.upload.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Looks whether an answer is the store's: whatever stands before a store may answer 200 too. */
final class Answers {

  private Answers() {}

  /**
   * Returns what every store says in such an answer.
   *
   * @throws SdkClientException if it is not there: then nothing is known of what was asked for
   */
  static String required(@Nullable String value, String what) {
    if (value == null || value.isEmpty()) {
      throw SdkClientException.create("an answer has no %s; is it the store's?".formatted(what));
    }
    return value;
  }
}
