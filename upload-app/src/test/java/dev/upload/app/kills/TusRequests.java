package dev.upload.app.kills;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The requests of tus 1.0.0, not sent yet. */
final class TusRequests {

  private TusRequests() {}

  static HttpRequest.Builder create(URI server) {
    return to(server.resolve("files")).POST(BodyPublishers.noBody());
  }

  static HttpRequest.Builder head(URI upload) {
    return to(upload).HEAD();
  }

  static HttpRequest.Builder patch(URI upload, long offset, byte[] bytes) {
    return to(upload)
        .header("Upload-Offset", Long.toString(offset))
        .header("Content-Type", "application/offset+octet-stream")
        .method("PATCH", BodyPublishers.ofByteArray(bytes));
  }

  private static HttpRequest.Builder to(URI target) {
    return HttpRequest.newBuilder(target)
        .header("Tus-Resumable", "1.0.0")
        .timeout(Duration.ofMinutes(1));
  }

  /** Returns the path of the upload that an answer created: its port is another in each life. */
  static String path(HttpResponse<String> created) {
    return URI.create(created.headers().firstValue("Location").orElse("/no-location")).getPath();
  }

  /** Returns the offset that an answer tells. */
  static long offset(HttpResponse<String> answer) {
    return answer.headers().firstValueAsLong("Upload-Offset").orElse(-1);
  }
}
