package dev.upload.http.structured;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;

/** The lines of one field, which its recipient puts together. Lines without anything are none. */
record FieldLines(List<String> filled) {

  static FieldLines of(Collection<String> lines) {
    return new FieldLines(lines.stream().filter(line -> !line.isBlank()).toList());
  }

  /** Returns the field's value, if it has just one. */
  Optional<ListElement<?>> item() {
    return parsed(Parser::parseItem);
  }

  /** Returns the members of the field, if it is a dictionary. */
  Optional<Map<String, ListElement<?>>> dictionary() {
    return parsed(parser -> parser.parseDictionary().get());
  }

  private <T> Optional<T> parsed(Function<Parser, T> reader) {
    try {
      return filled.isEmpty() ? Optional.empty() : Optional.of(reader.apply(new Parser(filled)));
    } catch (ParseException e) {
      return Optional.empty();
    }
  }
}
