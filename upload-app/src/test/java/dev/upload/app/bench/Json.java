package dev.upload.app.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes maps, lists, numbers and text as JSON. */
final class Json {

  private Json() {}

  static String of(Object value) {
    return of(value, "\n") + "\n";
  }

  private static String of(Object value, String newLine) {
    String inner = newLine + "  ";
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> text(entry.getKey()) + ": " + of(entry.getValue(), inner))
              .collect(Collectors.joining("," + inner, "{" + inner, newLine + "}"));
      case List<?> list when list.stream().allMatch(Number.class::isInstance) -> list.toString();
      case List<?> list ->
          list.stream()
              .map(element -> of(element, inner))
              .collect(Collectors.joining("," + inner, "[" + inner, newLine + "]"));
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> text(value);
    };
  }

  private static String text(Object value) {
    return "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
