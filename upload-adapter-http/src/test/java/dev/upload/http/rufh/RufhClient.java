package dev.upload.http.rufh;

import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Speaks one version of the draft, or the newest without naming it (0); what is not said otherwise
 * is right. Headers are given as names and values.
 */
final class RufhClient {

  static final String TYPE = "application/partial-upload";
  static final String ENDPOINT = "/files";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final EmbeddedServer server;
  private final int version;

  RufhClient(EmbeddedServer server, int version) {
    this.server = server;
    this.version = version;
  }

  /** Returns a client of the newest version that is named. */
  RufhClient(EmbeddedServer server) {
    this(server, 10);
  }

  HttpResponse<byte[]> send(String method, String url, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    return plain(method, url, body, both(headers, versionFields()));
  }

  /** Sends a request that says nothing by itself. */
  HttpResponse<byte[]> plain(String method, String url, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.getURI().resolve(URI.create(url))).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Asks for an upload of which this is the beginning, or all. */
  HttpResponse<byte[]> create(byte[] first, boolean last, String... headers)
      throws IOException, InterruptedException {
    return create("POST", first, last, headers);
  }

  HttpResponse<byte[]> create(String method, byte[] first, boolean last, String... headers)
      throws IOException, InterruptedException {
    BodyPublisher body =
        first.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(first);
    return send(method, ENDPOINT, body, both(headers, completeness(last)));
  }

  /** Begins an upload and returns its path. */
  String begin(String... headers) throws IOException, InterruptedException {
    return path(create(new byte[0], false, headers));
  }

  HttpResponse<byte[]> append(
      String path, long offset, byte[] bytes, boolean last, String... headers)
      throws IOException, InterruptedException {
    return append(path, offset, BodyPublishers.ofByteArray(bytes), last, headers);
  }

  HttpResponse<byte[]> append(
      String path, long offset, BodyPublisher body, boolean last, String... headers)
      throws IOException, InterruptedException {
    String[] own = {"Content-Type", TYPE, "Upload-Offset", Long.toString(offset)};
    return send("PATCH", path, body, both(headers, both(own, completeness(last))));
  }

  /** Sends five bytes with PATCH, of which is said what these headers say. */
  HttpResponse<byte[]> patchHello(String path, String... headers)
      throws IOException, InterruptedException {
    return send("PATCH", path, BodyPublishers.ofString("hello"), headers);
  }

  HttpResponse<byte[]> head(String path, String... headers)
      throws IOException, InterruptedException {
    return send("HEAD", path, BodyPublishers.noBody(), headers);
  }

  HttpResponse<byte[]> delete(String path, String... headers)
      throws IOException, InterruptedException {
    return send("DELETE", path, BodyPublishers.noBody(), headers);
  }

  HttpResponse<byte[]> options(String... headers) throws IOException, InterruptedException {
    return send("OPTIONS", ENDPOINT, BodyPublishers.noBody(), headers);
  }

  /** Downloads what an upload has become. */
  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return plain("GET", path, BodyPublishers.noBody());
  }

  /** Returns the lines that begin a request, with {@code more} of them. */
  String[] lines(String methodAndPath, boolean last, String... more) {
    String[] completeness = completeness(last);
    String[] own = {methodAndPath + " HTTP/1.1", completeness[0] + ": " + completeness[1]};
    String[] named =
        version == 0 ? new String[0] : new String[] {"Upload-Draft-Interop-Version: " + version};
    return both(both(more, named), own);
  }

  /** Returns the lines that begin an append at an offset, with {@code more} of them. */
  String[] appendLines(String path, long offset, boolean last, String... more) {
    String[] own = {"Upload-Offset: " + offset, "Content-Type: " + TYPE};
    return lines("PATCH " + path, last, both(more, own));
  }

  /** Returns the field that says whether {@code last} are the last bytes. */
  String[] completeness(boolean last) {
    return version == 3
        ? new String[] {"Upload-Incomplete", last ? "?0" : "?1"}
        : new String[] {"Upload-Complete", last ? "?1" : "?0"};
  }

  /** Tells what an answer says of completeness: {@code ?1} is complete. */
  String complete(HttpResponse<?> answer) {
    if (version != 3) {
      return header(answer, "Upload-Complete");
    }
    return switch (header(answer, "Upload-Incomplete")) {
      case "?0" -> "?1";
      case "?1" -> "?0";
      case String other -> other;
    };
  }

  private String[] versionFields() {
    return version == 0
        ? new String[0]
        : new String[] {"Upload-Draft-Interop-Version", Integer.toString(version)};
  }

  /** Returns the path of the upload that an answer tells of. */
  static String path(HttpResponse<?> created) {
    if (created.statusCode() != 201) {
      throw new IllegalStateException("not created: " + created.statusCode());
    }
    return URI.create(header(created, "Location")).getPath();
  }

  static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  static String body(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a body whose length is not announced. */
  static BodyPublisher streamed(String text) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes(text)));
  }

  private static String[] both(String[] last, String... first) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(last)).toArray(String[]::new);
  }
}
