package dev.upload.http.rufh;

import io.micronaut.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

final class SoonStructured {
  private static final Pattern INTEGER = Pattern.compile(" *([0-9]{1,15}) *(;.*)?");
  private static final Pattern FLAG = Pattern.compile(" *\\?([01]) *(;.*)?");

  private SoonStructured() {}

  static OptionalLong integer(HttpHeaders headers, String name) {
    Matcher matcher = INTEGER.matcher(String.join(", ", headers.getAll(name)));
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  static Optional<Boolean> flag(HttpHeaders headers, String name) {
    Matcher matcher = FLAG.matcher(String.join(", ", headers.getAll(name)));
    return matcher.matches() ? Optional.of(matcher.group(1).equals("1")) : Optional.empty();
  }
}
