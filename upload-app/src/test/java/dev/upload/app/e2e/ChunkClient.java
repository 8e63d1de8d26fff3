package dev.upload.app.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says to the server what Resumable.js says. */
final class ChunkClient implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private final ChunkRequests requests;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ChunkClient(URI address) {
    this.requests = new ChunkRequests(address);
  }

  /** Asks whether a chunk is there: 200 yes, 204 no. */
  int test(Sample file, int number) throws IOException, InterruptedException {
    return ask(file, number).statusCode();
  }

  HttpResponse<String> ask(Sample file, int number) throws IOException, InterruptedException {
    return send(requests.test(file, number));
  }

  HttpResponse<String> octet(Sample file, int number) throws IOException, InterruptedException {
    return send(requests.octet(file, number));
  }

  HttpResponse<String> multipart(Sample file, int number) throws IOException, InterruptedException {
    return send(requests.multipart(file, number));
  }

  HttpResponse<String> delete(String id) throws IOException, InterruptedException {
    return send(requests.finished(id).DELETE());
  }

  HttpResponse<String> head(String id) throws IOException, InterruptedException {
    return send(requests.finished(id).HEAD());
  }

  /** Returns the name under which a finished file is downloaded (RFC 8187). */
  String downloadName(String id) throws IOException, InterruptedException {
    String disposition = head(id).headers().firstValue("Content-Disposition").orElse("none");
    String encoded = disposition.substring(disposition.indexOf("filename*=UTF-8''") + 17);
    return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /**
   * Downloads a finished file, and returns its SHA-256.
   *
   * @throws IOException also where that is not possible now
   */
  String sha256(String id) throws IOException, InterruptedException {
    MessageDigest digest = Sample.newSha256();
    HttpResponse<InputStream> answer =
        http.send(requests.finished(id).build(), BodyHandlers.ofInputStream());
    if (answer.statusCode() == 503) {
      answer.body().close();
      throw new IOException("not now: GET /files/" + id);
    }
    if (answer.statusCode() != 200) {
      throw new AssertionError("GET /files/" + id + " answers " + answer.statusCode());
    }
    try (InputStream in = answer.body();
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the id in an answer that stored a chunk. */
  static String id(HttpResponse<String> answer) {
    Matcher id = ID.matcher(answer.body());
    if (answer.statusCode() != 200 || !id.find()) {
      throw new AssertionError("no id in " + answer.statusCode() + " " + answer.body());
    }
    return id.group(1);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
