package dev.upload.app.e2e;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The requests that Resumable.js makes of the app at {@code address}, not sent yet. */
public record ChunkRequests(URI address) {

  private static final String BOUNDARY = "----boundary0a1b2c3d";

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
  public HttpRequest.Builder test(Sample file, int number) {
    return chunk(file, number).GET();
  }

  /** Sends a chunk as it is. */
  public HttpRequest.Builder octet(Sample file, int number) {
    return chunk(file, number)
        .header("Content-Type", "application/octet-stream")
        .POST(BodyPublishers.ofByteArray(file.chunk(number)));
  }

  /** Sends a chunk in a form. */
  public HttpRequest.Builder multipart(Sample file, int number) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    for (Map.Entry<String, String> parameter : parameters(file, number).entrySet()) {
      form.writeBytes(partHead("name=\"" + parameter.getKey() + "\""));
      form.writeBytes((parameter.getValue() + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    form.writeBytes(partHead("name=\"file\"; filename=\"blob\""));
    form.writeBytes(file.chunk(number));
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return request("uploads")
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
        .POST(BodyPublishers.ofByteArray(form.toByteArray()));
  }

  private static byte[] partHead(String disposition) {
    return "--%s\r\nContent-Disposition: form-data; %s\r\n\r\n"
        .formatted(BOUNDARY, disposition)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Asks for a finished file. */
  public HttpRequest.Builder finished(String id) {
    return request("files/" + id);
  }

  private HttpRequest.Builder chunk(Sample file, int number) {
    return request("uploads?" + query(parameters(file, number)));
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(address.resolve(target)).timeout(Duration.ofMinutes(3));
  }
}
