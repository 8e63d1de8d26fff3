package dev.upload.s3;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Looks whether an answer is the store's: whatever stands before a store may answer 200 too. */
final class Answers {

  /** RFC 9110, section 8.8.3; some stores leave the quotes out. */
  private static final Pattern WHOLE_ETAG = Pattern.compile("(W/)?\"[^\"]+\"");

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

  /**
   * Returns an ETag with the quotes that it came with. HTTP clients take an answer's head that was
   * cut off for a whole one, and a part whose ETag is recorded in half can never be put together.
   *
   * @throws SdkClientException if it is not there, or not all of it
   */
  static String etag(@Nullable String value) {
    String etag = required(value, "ETag");
    if (etag.indexOf('"') >= 0 && !WHOLE_ETAG.matcher(etag).matches()) {
      throw SdkClientException.create("an answer was cut off in its ETag: " + etag);
    }
    return etag;
  }
}
