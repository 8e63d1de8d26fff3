package dev.upload.app.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says to the server what Resumable.js says. */
final class ChunkClient implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final String BOUNDARY = "----boundary0a1b2c3d";

  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ChunkClient(URI address) {
    this.address = address;
  }

  static Map<String, String> parameters(Sample file, int number) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("resumableChunkNumber", Integer.toString(number));
    parameters.put("resumableChunkSize", Integer.toString(file.chunkSize()));
    parameters.put("resumableCurrentChunkSize", Integer.toString(file.chunk(number).length));
    parameters.put("resumableTotalSize", Integer.toString(file.length()));
    parameters.put("resumableType", "application/octet-stream");
    parameters.put("resumableIdentifier", file.identifier());
    parameters.put("resumableFilename", file.name());
    parameters.put("resumableRelativePath", file.name());
    parameters.put("resumableTotalChunks", Integer.toString(file.chunks()));
    return parameters;
  }

  static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** Asks whether a chunk is there: 200 yes, 204 no. */
  int test(Sample file, int number) throws IOException, InterruptedException {
    return send(chunk(file, number).GET()).statusCode();
  }

  HttpResponse<String> octet(Sample file, int number) throws IOException, InterruptedException {
    return send(
        chunk(file, number)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(file.chunk(number))));
  }

  HttpResponse<String> multipart(Sample file, int number) throws IOException, InterruptedException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    for (Map.Entry<String, String> parameter : parameters(file, number).entrySet()) {
      form.writeBytes(partHead("name=\"" + parameter.getKey() + "\""));
      form.writeBytes((parameter.getValue() + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    form.writeBytes(partHead("name=\"file\"; filename=\"blob\""));
    form.writeBytes(file.chunk(number));
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return send(
        request("uploads")
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(form.toByteArray())));
  }

  private static byte[] partHead(String disposition) {
    return "--%s\r\nContent-Disposition: form-data; %s\r\n\r\n"
        .formatted(BOUNDARY, disposition)
        .getBytes(StandardCharsets.UTF_8);
  }

  HttpResponse<String> delete(String id) throws IOException, InterruptedException {
    return send(request("files/" + id).DELETE());
  }

  HttpResponse<String> head(String id) throws IOException, InterruptedException {
    return send(request("files/" + id).HEAD());
  }

  /** Returns the name under which a finished file is downloaded (RFC 8187). */
  String downloadName(String id) throws IOException, InterruptedException {
    String disposition = head(id).headers().firstValue("Content-Disposition").orElse("none");
    String encoded = disposition.substring(disposition.indexOf("filename*=UTF-8''") + 17);
    return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Downloads a finished file, and returns its SHA-256. */
  String sha256(String id) throws IOException, InterruptedException {
    MessageDigest digest = Sample.newSha256();
    HttpResponse<InputStream> answer =
        http.send(request("files/" + id).build(), BodyHandlers.ofInputStream());
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

  private HttpRequest.Builder chunk(Sample file, int number) {
    return request("uploads?" + query(parameters(file, number)));
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(address.resolve(target)).timeout(Duration.ofMinutes(1));
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
