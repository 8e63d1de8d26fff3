package dev.upload.app.e2e;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what clients of Resumable Uploads for HTTP say, in a version that has interim responses.
 *
 * @param address of the app
 */
record IetfClient(URI address) {

  static final String VERSION = "Upload-Draft-Interop-Version: 8\r\n";
  static final String UNFINISHED = "Upload-Complete: ?0\r\n";
  static final String LAST = "Upload-Complete: ?1\r\n";

  private static final String PARTIAL = "Content-Type: application/partial-upload\r\n";

  /** All that came, interim responses first. */
  record Answer(String text) {

    /** Returns the status behind the interim responses. */
    int status() {
      return Integer.parseInt(last("HTTP/1\\.1 ([2-5]\\d\\d)[^\\r]*"));
    }

    /** Returns the last value of a header. */
    String header(String name) {
      return last("(?i)\\n" + name + ": ([^\\r]*)");
    }

    /** Returns the path that was told in the first place. */
    String location() {
      Matcher found = Pattern.compile("(?i)\\nlocation: http://[^/]+(/[^\\r]*)").matcher(text);
      if (!found.find()) {
        throw new AssertionError("no location in\n" + text);
      }
      return found.group(1);
    }

    private String last(String pattern) {
      return Pattern.compile(pattern)
          .matcher(text)
          .results()
          .reduce((first, second) -> second)
          .orElseThrow(() -> new AssertionError("no " + pattern + " in\n" + text))
          .group(1);
    }
  }

  Answer create(byte[] content, String headers) throws IOException {
    return exchange("POST /files", VERSION + headers, content);
  }

  Answer append(String path, long offset, byte[] content, String headers) throws IOException {
    return exchange(
        "PATCH " + path,
        VERSION + PARTIAL + "Upload-Offset: " + offset + "\r\n" + headers,
        content);
  }

  Answer head(String path) throws IOException {
    return exchange("HEAD " + path, VERSION, new byte[0]);
  }

  /** Does any request. */
  Answer exchange(String line, String headers, byte[] content) throws IOException {
    try (RawClient client = new RawClient(address)) {
      String length = content.length == 0 ? "" : "Content-Length: " + content.length + "\r\n";
      return new Answer(client.head(line, headers + length).send(content).answer());
    }
  }

  /** Returns the id at the end of a path. */
  static String id(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
