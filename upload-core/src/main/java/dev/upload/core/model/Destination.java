package dev.upload.core.model;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a finished upload is visible: a relative path with {@code /} that cannot leave its root.
 *
 * <p>At most {@value #MAX_BYTES} bytes of UTF-8, so that an object key with a prefix holds it.
 */
public record Destination(String path) {

  /** The most bytes of UTF-8 that a path has. */
  public static final int MAX_BYTES = 800;

  public Destination {
    for (String segment : path.split("/", -1)) {
      if (!SafeName.of(segment).equals(segment)) {
        throw new IllegalArgumentException("not a safe path segment: '%s'".formatted(segment));
      }
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new IllegalArgumentException("a destination has at most %d bytes".formatted(MAX_BYTES));
    }
  }

  /** Returns the directories and the name, in order. */
  public List<String> segments() {
    return List.of(path.split("/"));
  }

  /** Returns the last segment: the file's own name. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return path;
  }
}
