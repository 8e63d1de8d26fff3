package dev.upload.core.model;

import dev.upload.core.model.TemplateSegment.Placeholder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides where finished uploads become visible, such as {@code {date}/{id}/{filename}}.
 *
 * <p>Knows {@code {id}}, which has to be there so that no two uploads meet, {@code {filename}},
 * {@code {relative-path}} (the folders that the client gave and the name), {@code {owner}} and
 * {@code {date}} (of creation, UTC). Immutable.
 */
public final class DestinationTemplate {

  private static final int MAX_FOLDERS = 32;

  /** Each upload in a folder of its own, under its own name. */
  public static final DestinationTemplate DEFAULT = new DestinationTemplate("{id}/{filename}");

  private final List<TemplateSegment> segments;

  /**
   * Reads {@code text}.
   *
   * @throws IllegalArgumentException if it has no {@code {id}}, an unknown placeholder, or a
   *     segment that is no safe name
   */
  public DestinationTemplate(String text) {
    segments = Arrays.stream(text.split("/", -1)).map(TemplateSegment::parse).toList();
    if (segments.stream().noneMatch(segment -> segment.has(Placeholder.ID))) {
      throw new IllegalArgumentException(
          "'%s' needs {id}, else two uploads could meet".formatted(text));
    }
    for (TemplateSegment segment : segments) {
      String widest = segment.filled(DestinationTemplate::widest);
      if (!SafeName.of(widest).equals(widest)) {
        throw new IllegalArgumentException(
            "'%s' has an unsafe segment '%s'".formatted(text, widest));
      }
    }
  }

  /** What has to fit into a segment beside its fixed text: a whole id, and some of the rest. */
  private static String widest(Placeholder placeholder, int room) {
    return "x".repeat(placeholder == Placeholder.ID ? UploadId.MAX_CHARS : 1);
  }

  /**
   * Returns the destination of an upload.
   *
   * @throws UploadRejectedException if the client's path is too long or too deep
   */
  public Destination destination(
      UploadId id, Owner owner, UploadMetadata metadata, Instant createdAt) {
    TemplateSegment.Values values =
        (placeholder, room) ->
            switch (placeholder) {
              case ID -> id.value();
              case FILENAME -> SafeName.shortened(SafeName.of(filename(metadata)), room);
              case RELATIVE_PATH -> SafeName.shortened(String.join("_", folders(metadata)), room);
              case OWNER -> SafeName.shortened(SafeName.of(owner.name()), room);
              case DATE ->
                  DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(createdAt);
            };
    List<String> names = new ArrayList<>();
    for (TemplateSegment segment : segments) {
      if (segment.isOnly(Placeholder.RELATIVE_PATH)) {
        names.addAll(folders(metadata));
      } else {
        names.add(SafeName.of(segment.filled(values)));
      }
    }
    String path = String.join("/", names);
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

  /** Some clients send a whole path as the name: the last segment is what names the file. */
  private static String filename(UploadMetadata metadata) {
    String name = metadata.filename().orElse("");
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }
}
