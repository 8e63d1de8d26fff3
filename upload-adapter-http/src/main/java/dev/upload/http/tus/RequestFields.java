package dev.upload.http.tus;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The headers of a request, read strictly. */
record RequestFields(HttpHeaders headers) {

  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,19}");

  static RequestFields of(HttpRequest<?> request) {
    return new RequestFields(request.getHeaders());
  }

  /** Returns a header that may be there once. */
  Optional<String> text(String name) {
    List<String> values = headers.getAll(name);
    if (values.size() > 1) {
      throw malformed(name, "it is there %d times".formatted(values.size()));
    }
    return values.stream().findFirst();
  }

  /** Returns a list that may be spread over several lines (RFC 9110, section 5.3) as one. */
  Optional<String> list(String name) {
    return headers.getAll(name).stream().reduce((first, second) -> first + "," + second);
  }

  /** Reads decimal digits, nothing else: no sign, no fraction. */
  OptionalLong number(String name) {
    Optional<String> text = text(name).map(String::strip);
    return text.isPresent() ? OptionalLong.of(parse(name, text.get())) : OptionalLong.empty();
  }

  private static long parse(String name, String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw malformed(name, "it is not a number of at most 19 decimal digits");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw malformed(name, "it is beyond " + Long.MAX_VALUE);
    }
  }

  static UploadRejectedException malformed(String name, String reason) {
    return new UploadRejectedException(new Rejection.Malformed(name, reason));
  }
}
