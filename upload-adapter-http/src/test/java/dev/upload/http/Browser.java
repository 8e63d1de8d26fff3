package dev.upload.http;

import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends what the clients send in a browser. */
public final class Browser {

  public static final String BOUNDARY = "----WebKitFormBoundaryq8rPQhVlVqGf3pWz";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;

  public Browser(EmbeddedServer server) {
    this(server, "/uploads");
  }

  public Browser(EmbeddedServer server, String path) {
    endpoint = server.getURI().resolve(path);
  }

  /** Asks whether a chunk is there. */
  public HttpResponse<String> test(ClientFile file, int number)
      throws IOException, InterruptedException {
    return send("GET", file.parameters(number), BodyPublishers.noBody(), Map.of());
  }

  /** Sends a chunk as raw bytes. */
  public HttpResponse<String> postOctet(ClientFile file, int number)
      throws IOException, InterruptedException {
    return postOctet(file.parameters(number), file.chunk(number));
  }

  public HttpResponse<String> postOctet(Map<String, String> parameters, byte[] body)
      throws IOException, InterruptedException {
    return send(
        "POST",
        parameters,
        BodyPublishers.ofByteArray(body),
        Map.of("Content-Type", "application/octet-stream"));
  }

  /** Sends a chunk as Resumable.js does by default: its parameters in the URL and in the form. */
  public HttpResponse<String> postForm(ClientFile file, int number)
      throws IOException, InterruptedException {
    return postForm(
        file.parameters(number), new Form().fields(file.parameters(number)).file(file, number));
  }

  public HttpResponse<String> postForm(Map<String, String> query, Form form)
      throws IOException, InterruptedException {
    return send(
        "POST",
        query,
        BodyPublishers.ofByteArray(form.end()),
        Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY));
  }

  public HttpResponse<String> send(
      String method, Map<String, String> query, BodyPublisher body, Map<String, String> headers)
      throws IOException, InterruptedException {
    String url = query.isEmpty() ? endpoint.toString() : endpoint + "?" + ClientFile.query(query);
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).method(method, body);
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** A form as a browser writes it. */
  public static final class Form {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public Form field(String name, String value) {
      return part(
          "Content-Disposition: form-data; name=\"" + name + "\"",
          value.getBytes(StandardCharsets.UTF_8));
    }

    public Form fields(Map<String, String> fields) {
      fields.forEach(this::field);
      return this;
    }

    public Form file(ClientFile file, int number) {
      return file(file.name(), file.chunk(number));
    }

    public Form file(String name, byte[] content) {
      String escaped = name.replace("\"", "%22");
      return part(
          "Content-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream"
              .formatted(escaped),
          content);
    }

    public Form part(String head, byte[] content) {
      bytes.writeBytes(
          ("--" + BOUNDARY + "\r\n" + head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      bytes.writeBytes(content);
      bytes.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
      return this;
    }

    public byte[] end() {
      bytes.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
      return bytes.toByteArray();
    }
  }

  /** Returns {@code parameters} with one of them changed. */
  public static Map<String, String> with(
      Map<String, String> parameters, String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.put(name, value);
    return changed;
  }

  /** Returns {@code parameters} without one of them. */
  public static Map<String, String> without(Map<String, String> parameters, String name) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.remove(name);
    return changed;
  }
}
