package dev.upload.app.e2e;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One request that must be refused.
 *
 * @param body ASCII
 * @param kind the last part of the problem's type
 */
record BadRequest(String what, String line, String headers, String body, int status, String kind) {

  static final Sample FILE = new Sample("bad.bin", 9, 2_500, 1_000);

  private static final String OCTET = "application/octet-stream";
  private static final String MEDIA = "unsupported-media-type";
  private static final String FORM = "multipart/form-data; boundary=xyz";
  private static final String FIRST = "name=\"file\"; filename=\"a\"";
  private static final String SECOND = "name=\"file\"; filename=\"b\"";

  static Stream<BadRequest> all() {
    return Stream.of(
            Stream.of("ChunkNumber", "ChunkSize", "TotalSize", "Identifier", "Filename")
                .map(name -> changed("no " + name, name, "", "malformed")),
            Stream.of("x", "-1", "1.5", "9223372036854775808")
                .flatMap(
                    value ->
                        Stream.of("ChunkNumber", "ChunkSize", "TotalSize", "CurrentChunkSize")
                            .map(name -> changed(name + " " + value, name, value, "malformed"))),
            numbers(),
            bodies(),
            addresses())
        .flatMap(requests -> requests);
  }

  private static Stream<BadRequest> numbers() {
    return Stream.of(
        changed("chunk 0", "ChunkNumber", "0", "malformed"),
        changed("chunk beyond the last", "ChunkNumber", "4", "inconsistent"),
        changed("chunk far beyond", "ChunkNumber", "9223372036854775807", "inconsistent"),
        changed("chunk size 0", "ChunkSize", "0", "malformed"),
        changed("a size that does not tile", "CurrentChunkSize", "999", "inconsistent"),
        changed("file beyond the limit", "TotalSize", "1099511627777", "too-large"),
        changed("chunk beyond the limit", "ChunkSize", "536870912", "too-large"));
  }

  private static Stream<BadRequest> bodies() {
    return Stream.of(
        body("body too short", OCTET, "x".repeat(999), 400, "inconsistent"),
        body("body too long", OCTET, "x".repeat(1_001), 400, "inconsistent"),
        body("no file part", FORM, form("name=\"other\""), 400, "malformed"),
        body("two file parts", FORM, form(FIRST, SECOND), 400, "malformed"),
        body("form without a boundary", "multipart/form-data", form(FIRST), 400, "malformed"),
        body("wrong media type", "multipart/mixed; boundary=xyz", form(FIRST), 415, MEDIA));
  }

  private static Stream<BadRequest> addresses() {
    return Stream.of("GET", "DELETE")
        .map(
            verb ->
                new BadRequest(
                    verb + " of an unknown id",
                    verb + " /files/0123456789abcdef",
                    "",
                    "",
                    404,
                    "unknown-upload"));
  }

  private static BadRequest changed(String what, String name, String value, String kind) {
    Map<String, String> parameters = new LinkedHashMap<>(ChunkRequests.parameters(FILE, 1));
    if (kind.equals("too-large")) { // what the client says of this chunk has to fit the grid
      parameters.put("resumableTotalSize", "1099511627776");
      parameters.remove("resumableCurrentChunkSize");
      parameters.remove("resumableTotalChunks");
    }
    parameters.put("resumable" + name, value);
    return post(what, ChunkRequests.query(parameters), OCTET, "x".repeat(1_000), 400, kind);
  }

  private static BadRequest body(String what, String type, String body, int status, String kind) {
    return post(what, query(1), type, body, status, kind);
  }

  static String query(int number) {
    return ChunkRequests.query(ChunkRequests.parameters(FILE, number));
  }

  private static BadRequest post(
      String what, String query, String type, String body, int status, String kind) {
    String headers = "Content-Type: %s\r\nContent-Length: %d\r\n".formatted(type, body.length());
    return new BadRequest(what, "POST /uploads?" + query, headers, body, status, kind);
  }

  private static String form(String... dispositions) {
    StringBuilder form = new StringBuilder();
    for (String disposition : dispositions) {
      form.append("--xyz\r\nContent-Disposition: form-data; ")
          .append(disposition)
          .append("\r\n\r\n")
          .append("x".repeat(1_000))
          .append("\r\n");
    }
    return form.append("--xyz--\r\n").toString();
  }

  @Override
  public String toString() {
    return what;
  }
}
