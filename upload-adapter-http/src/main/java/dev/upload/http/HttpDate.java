package dev.upload.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Dates as HTTP writes them today: IMF-fixdate (RFC 9110, section 5.6.7), in whole seconds. */
public final class HttpDate {

  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  /** Returns what a header says of {@code time}. */
  public static String format(Instant time) {
    return IMF_FIXDATE.format(time);
  }

  /** Reads a date in the form that is sent today; empty if it is none. */
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.from(IMF_FIXDATE.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
