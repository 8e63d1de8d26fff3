package dev.upload.http.resumablejs;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The parameters of one request, from its query and its form; a parameter that is in both has to be
 * the same.
 */
final class Parameters {

  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,19}");

  private final ParameterNames names;
  private final Map<String, String> values = new HashMap<>();

  Parameters(ParameterNames names) {
    this.names = names;
  }

  /** Takes a field; what is no parameter of ours is the application's and ignored. */
  void add(String name, String value) {
    if (!names.isKnown(name)) {
      return;
    }
    String known = values.putIfAbsent(name, value);
    if (known != null && !known.equals(value)) {
      throw new UploadRejectedException(
          new Rejection.Inconsistent(name, "it is there twice with different values"));
    }
  }

  /**
   * Takes a field that came behind the file, when everything was decided already: it may only
   * repeat.
   */
  void addLate(String name, String value) {
    if (names.isKnown(name) && !values.containsKey(name)) {
      throw new UploadRejectedException(
          new Rejection.Malformed(
              name, "it has to be in the query, or in the form before the file"));
    }
    add(name, value);
  }

  /** Returns who seems to speak; Resumable.js if nothing tells. */
  Spelling spelling() {
    for (Spelling spelling : Spelling.values()) {
      if (values.containsKey(names.of(Parameter.IDENTIFIER, spelling))
          || values.containsKey(names.of(Parameter.CHUNK_NUMBER, spelling))) {
        return spelling;
      }
    }
    return Spelling.RESUMABLE_JS;
  }

  /** Returns what {@code parameter} is called in this request. */
  String nameOf(Parameter parameter) {
    return names.of(parameter, spelling());
  }

  /** Returns the parameter as it was sent, if it was and is not empty. */
  Optional<String> text(Parameter parameter) {
    return Optional.ofNullable(values.get(nameOf(parameter))).filter(value -> !value.isEmpty());
  }

  String requiredText(Parameter parameter) {
    return text(parameter).orElseThrow(() -> malformed(parameter, "it is missing"));
  }

  /** Reads decimal digits, nothing else: no sign, no space, no fraction. */
  OptionalLong number(Parameter parameter) {
    Optional<String> text = text(parameter);
    return text.isPresent() ? OptionalLong.of(parse(parameter, text.get())) : OptionalLong.empty();
  }

  /** Reads a number that has to be there and to be at least {@code least}. */
  long requiredNumber(Parameter parameter, long least) {
    long number = parse(parameter, requiredText(parameter));
    if (number < least) {
      throw malformed(parameter, "it is %d; the least is %d".formatted(number, least));
    }
    return number;
  }

  private long parse(Parameter parameter, String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw malformed(parameter, "it is not a number of at most 19 decimal digits");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw malformed(parameter, "it is beyond " + Long.MAX_VALUE);
    }
  }

  private UploadRejectedException malformed(Parameter parameter, String reason) {
    return new UploadRejectedException(new Rejection.Malformed(nameOf(parameter), reason));
  }
}
