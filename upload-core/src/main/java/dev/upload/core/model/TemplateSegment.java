package dev.upload.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is between two slashes of a {@link DestinationTemplate}: fixed text and placeholders.
 *
 * @param pieces in order
 */
record TemplateSegment(List<Piece> pieces) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

  /** What a part of a path can be made of. */
  enum Placeholder {
    ID,
    FILENAME,
    RELATIVE_PATH,
    OWNER,
    DATE;

    private static Placeholder named(String name) {
      for (Placeholder placeholder : values()) {
        if (placeholder.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
          return placeholder;
        }
      }
      throw new IllegalArgumentException("there is no {%s}".formatted(name));
    }
  }

  sealed interface Piece {

    record Fixed(String text) implements Piece {}

    record Filled(Placeholder placeholder) implements Piece {}
  }

  /** Gives what stands in a placeholder's place. */
  interface Values {

    /**
     * Returns the value.
     *
     * @param room how many bytes of UTF-8 it may have; an id takes what it needs
     */
    String of(Placeholder placeholder, int room);
  }

  /**
   * Reads {@code text}.
   *
   * @throws IllegalArgumentException if it has an unknown placeholder
   */
  static TemplateSegment parse(String text) {
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int end = 0;
    while (matcher.find()) {
      addFixed(pieces, text.substring(end, matcher.start()));
      pieces.add(new Piece.Filled(Placeholder.named(matcher.group(1))));
      end = matcher.end();
    }
    addFixed(pieces, text.substring(end));
    return new TemplateSegment(List.copyOf(pieces));
  }

  private static void addFixed(List<Piece> pieces, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece.Fixed(text));
    }
  }

  boolean has(Placeholder placeholder) {
    return pieces.contains(new Piece.Filled(placeholder));
  }

  /** Tells whether it is the placeholder and nothing else. */
  boolean isOnly(Placeholder placeholder) {
    return pieces.equals(List.of(new Piece.Filled(placeholder)));
  }

  /** Returns the text with every placeholder replaced by its value. */
  String filled(Values values) {
    int room = roomForEach(values);
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Fixed fixed -> text.append(fixed.text());
        case Piece.Filled filled -> text.append(values.of(filled.placeholder(), room));
      }
    }
    return text.toString();
  }

  /**
   * Returns how many bytes each value beside the id may have. What the client said is shortened to
   * make room: an id that was cut would let two uploads meet.
   */
  private int roomForEach(Values values) {
    int room = SafeName.MAX_BYTES;
    int sharing = 0;
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Fixed fixed -> room -= SafeName.utf8Length(fixed.text());
        case Piece.Filled filled when filled.placeholder() == Placeholder.ID ->
            room -= values.of(Placeholder.ID, room).length();
        case Piece.Filled other -> sharing++;
      }
    }
    return room / Math.max(1, sharing);
  }
}
