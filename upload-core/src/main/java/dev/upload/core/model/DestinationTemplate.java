package dev.upload.core.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides where finished uploads become visible, such as {@code {date}/{id}/{filename}}.
 *
 * <p>Knows {@code {id}}, which has to be there so that no two uploads meet, {@code {filename}},
 * {@code {relative-path}} (the folders that the client gave and the name), {@code {owner}} and
 * {@code {date}} (of creation, UTC).
 */
public record DestinationTemplate(String text) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
  private static final Set<String> KNOWN =
      Set.of("id", "filename", "relative-path", "owner", "date");
  private static final int MAX_FOLDERS = 32;

  /** Each upload in a folder of its own, under its own name. */
  public static final DestinationTemplate DEFAULT = new DestinationTemplate("{id}/{filename}");

  public DestinationTemplate {
    List<String> names = PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).toList();
    if (!names.contains("id")) {
      throw new IllegalArgumentException(
          "'%s' needs {id}, else two uploads could meet".formatted(text));
    }
    for (String name : names) {
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException("'%s' has an unknown {%s}".formatted(text, name));
      }
    }
    for (String segment :
        PLACEHOLDER.matcher(text).replaceAll(DestinationTemplate::widest).split("/", -1)) {
      if (!SafeName.of(segment).equals(segment)) {
        throw new IllegalArgumentException(
            "'%s' has an unsafe segment '%s'".formatted(text, segment));
      }
    }
  }

  /** What has to fit into a segment beside its fixed text: a whole id, and some of the rest. */
  private static String widest(MatchResult placeholder) {
    return "x".repeat(placeholder.group(1).equals("id") ? UploadId.MAX_CHARS : 1);
  }

  /**
   * Returns the destination of an upload.
   *
   * @throws UploadRejectedException if the client's path is too long or too deep
   */
  public Destination destination(
      UploadId id, Owner owner, UploadMetadata metadata, Instant createdAt) {
    List<String> segments = new ArrayList<>();
    for (String segment : text.split("/", -1)) {
      if (segment.equals("{relative-path}")) {
        segments.addAll(folders(metadata));
      } else {
        segments.add(SafeName.of(filled(segment, id, owner, metadata, createdAt)));
      }
    }
    String path = String.join("/", segments);
    if (path.getBytes(StandardCharsets.UTF_8).length > Destination.MAX_BYTES) {
      throw new UploadRejectedException(
          new Rejection.Malformed(UploadMetadata.RELATIVE_PATH, "the path is too long"));
    }
    return new Destination(path);
  }

  private static List<String> folders(UploadMetadata metadata) {
    String path = metadata.relativePath().or(metadata::filename).orElse("");
    List<String> segments =
        Arrays.stream(path.split("[/\\\\]"))
            .filter(segment -> !segment.isEmpty())
            .map(SafeName::of)
            .collect(Collectors.toCollection(ArrayList::new));
    if (segments.size() > MAX_FOLDERS) {
      throw new UploadRejectedException(
          new Rejection.Malformed(
              UploadMetadata.RELATIVE_PATH, "more than %d folders".formatted(MAX_FOLDERS)));
    }
    return segments.isEmpty() ? List.of(SafeName.of("")) : segments;
  }

  private static String filled(
      String segment, UploadId id, Owner owner, UploadMetadata metadata, Instant createdAt) {
    int room = roomForEach(segment, id);
    return PLACEHOLDER
        .matcher(segment)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    switch (found.group(1)) {
                      case "id" -> id.value();
                      case "filename" -> SafeName.shortened(SafeName.of(filename(metadata)), room);
                      case "relative-path" ->
                          SafeName.shortened(String.join("_", folders(metadata)), room);
                      case "owner" -> SafeName.shortened(SafeName.of(owner.name()), room);
                      default ->
                          DateTimeFormatter.ISO_LOCAL_DATE
                              .withZone(ZoneOffset.UTC)
                              .format(createdAt);
                    }));
  }

  /**
   * Returns how many bytes each value beside the id may have. What the client said is shortened to
   * make room: an id that was cut would let two uploads meet.
   */
  private static int roomForEach(String segment, UploadId id) {
    String fixed =
        PLACEHOLDER
            .matcher(segment)
            .replaceAll(found -> found.group(1).equals("id") ? id.value() : "");
    long values =
        PLACEHOLDER
            .matcher(segment)
            .results()
            .filter(found -> !found.group(1).equals("id"))
            .count();
    return (int) ((SafeName.MAX_BYTES - SafeName.utf8Length(fixed)) / Math.max(1, values));
  }

  /** Some clients send a whole path as the name: the last segment is what names the file. */
  private static String filename(UploadMetadata metadata) {
    String name = metadata.filename().orElse("");
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }
}
