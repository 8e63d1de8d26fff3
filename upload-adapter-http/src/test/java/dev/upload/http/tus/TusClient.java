package dev.upload.http.tus;

import io.micronaut.runtime.server.EmbeddedServer;
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
import java.util.Base64;
import java.util.stream.Stream;

/** Speaks tus; what is not said otherwise is right. Headers are given as names and values. */
final class TusClient {

  static final String TYPE = "application/offset+octet-stream";
  static final String ENDPOINT = "/files";

  private final HttpClient http;
  private final EmbeddedServer server;

  TusClient(EmbeddedServer server) {
    this(server, HttpClient.Version.HTTP_1_1);
  }

  TusClient(EmbeddedServer server, HttpClient.Version version) {
    this(server, HttpClient.newBuilder().version(version).build());
  }

  TusClient(EmbeddedServer server, HttpClient http) {
    this.server = server;
    this.http = http;
  }

  HttpResponse<byte[]> send(String method, String url, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    return plain(method, url, body, with(headers, "Tus-Resumable", "1.0.0"));
  }

  /** Sends a request that does not even name a version. */
  HttpResponse<byte[]> plain(String method, String url, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.getURI().resolve(URI.create(url))).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Asks for an upload. */
  HttpResponse<byte[]> post(String... headers) throws IOException, InterruptedException {
    return send("POST", ENDPOINT, BodyPublishers.noBody(), headers);
  }

  /** Returns the head of a PATCH at offset 0, line by line, with {@code more} of them. */
  static String[] patchHead(String upload, String... more) {
    return both(
        more,
        "PATCH " + upload + " HTTP/1.1",
        "Tus-Resumable: 1.0.0",
        "Upload-Offset: 0",
        "Content-Type: " + TYPE);
  }

  /** Returns the fields of such a PATCH over HTTP/2, with {@code more} of them. */
  static String[] patchFields(String... more) {
    return both(more, "tus-resumable", "1.0.0", "upload-offset", "0", "content-type", TYPE);
  }

  /** Asks for an upload and sends its first bytes. */
  HttpResponse<byte[]> post(byte[] first, String... headers)
      throws IOException, InterruptedException {
    return send(
        "POST", ENDPOINT, BodyPublishers.ofByteArray(first), with(headers, "Content-Type", TYPE));
  }

  /** Begins an upload and returns its URL's path. */
  String create(long length, String... headers) throws IOException, InterruptedException {
    return path(post(with(headers, "Upload-Length", Long.toString(length))));
  }

  /** Begins an upload of unknown length. */
  String createDeferred() throws IOException, InterruptedException {
    return path(post("Upload-Defer-Length", "1"));
  }

  /** Returns the path of the upload that an answer tells of. */
  static String path(HttpResponse<?> created) {
    if (created.statusCode() != 201) {
      throw new IllegalStateException("not created: " + created.statusCode());
    }
    return URI.create(header(created, "Location")).getPath();
  }

  HttpResponse<byte[]> patch(String path, long offset, byte[] bytes, String... headers)
      throws IOException, InterruptedException {
    return patch(path, offset, BodyPublishers.ofByteArray(bytes), headers);
  }

  HttpResponse<byte[]> patch(String path, long offset, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    return send(
        "PATCH",
        path,
        body,
        with(with(headers, "Content-Type", TYPE), "Upload-Offset", Long.toString(offset)));
  }

  HttpResponse<byte[]> head(String path, String... headers)
      throws IOException, InterruptedException {
    return send("HEAD", path, BodyPublishers.noBody(), headers);
  }

  HttpResponse<byte[]> delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  /** Downloads what an upload has become. */
  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return plain("GET", path, BodyPublishers.noBody());
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

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String[] with(String[] headers, String name, String value) {
    return both(new String[] {name, value}, headers);
  }

  private static String[] both(String[] last, String... first) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(last)).toArray(String[]::new);
  }
}
