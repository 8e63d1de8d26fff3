package dev.upload.http.structured;

import io.micronaut.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import org.greenbytes.http.sfv.BooleanItem;
import org.greenbytes.http.sfv.IntegerItem;

/**
 * Reads single values, and writes them. A field of another type, or that cannot be read, is as good
 * as absent, and so is one of several lines: they make a list. Parameters are ignored.
 */
public final class StructuredFields {

  /** What an integer can be at most: it has 15 digits. */
  public static final long MAX_INTEGER = 999_999_999_999_999L;

  private StructuredFields() {}

  /** Returns an integer that is not negative. */
  public static OptionalLong integer(HttpHeaders headers, String name) {
    return item(headers, name, IntegerItem.class)
        .map(IntegerItem::getAsLong)
        .filter(value -> value >= 0)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** Returns a boolean. */
  public static Optional<Boolean> flag(HttpHeaders headers, String name) {
    return item(headers, name, BooleanItem.class).map(BooleanItem::get);
  }

  private static <T> Optional<T> item(HttpHeaders headers, String name, Class<T> type) {
    return FieldLines.of(headers.getAll(name)).item().filter(type::isInstance).map(type::cast);
  }

  /**
   * Writes an integer.
   *
   * @throws IllegalArgumentException if it has more digits than it may
   */
  public static String format(long value) {
    return IntegerItem.valueOf(value).serialize();
  }

  /** Writes a boolean. */
  public static String format(boolean value) {
    return BooleanItem.valueOf(value).serialize();
  }
}
