package dev.upload.app.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of code of {@code docs/clients.md}.
 *
 * @param client the heading above it
 * @param kind what its fence says: the language, and where it runs if that is not plain
 */
record Snippet(String client, String kind, String code) {

  private static final Path DOCUMENT = Path.of("..", "docs", "clients.md");
  private static final String ADDRESS = "http://127.0.0.1:8080";
  private static final Pattern HEADING_OR_FENCE =
      Pattern.compile("^## (.+)$|^```(\\S.*)\\n((?s:.*?)\\n)```$", Pattern.MULTILINE);

  /** Reads all of them, in the document's order. */
  static List<Snippet> all() {
    String document;
    try {
      document = Files.readString(DOCUMENT);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + DOCUMENT, e);
    }
    String heading = "";
    List<Snippet> snippets = new ArrayList<>();
    Matcher found = HEADING_OR_FENCE.matcher(document);
    while (found.find()) {
      if (found.group(1) != null) {
        heading = found.group(1);
      } else {
        snippets.add(new Snippet(heading, found.group(2), found.group(3)));
      }
    }
    return List.copyOf(snippets);
  }

  /** Writes it to {@code file}, for the app that is run there instead of that of the document. */
  Path writeTo(Path file, PackagedApp app) throws IOException {
    if (!code.contains(ADDRESS)) {
      throw new AssertionError("the snippet for %s does not name %s".formatted(client, ADDRESS));
    }
    String address = app.address().toString().replaceAll("/$", "");
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(file, code.replace(ADDRESS, address));
  }

  @Override
  public String toString() {
    return client;
  }
}
