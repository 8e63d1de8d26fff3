package dev.upload.app.kills;

import dev.upload.app.e2e.Sample;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A file sent by the IETF's draft: complete by its client's word. */
final class DraftTransfer extends AppendedTransfer {

  private boolean complete;

  DraftTransfer(Sample file) {
    super(file);
  }

  @Override
  HttpRequest.Builder creation(URI server) {
    return to(server.resolve("files"))
        .header("Upload-Complete", "?0")
        .header("Upload-Length", Integer.toString(file().length()))
        .POST(BodyPublishers.noBody());
  }

  @Override
  HttpRequest.Builder head(URI upload) {
    return to(upload).HEAD();
  }

  @Override
  void learn(Wire wire, HttpResponse<String> answer) {
    boolean wasComplete = complete;
    complete = isComplete(answer);
    if (wasComplete && !complete) {
      wire.ledger().broken(this + " was complete, and is not any more");
    }
  }

  @Override
  HttpRequest.Builder patch(URI upload, long from, byte[] bytes, int end) {
    return to(upload)
        .header("Upload-Offset", Long.toString(from))
        .header("Upload-Complete", isLast(end) ? "?1" : "?0")
        .header("Content-Type", "application/partial-upload")
        .method("PATCH", BodyPublishers.ofByteArray(bytes));
  }

  @Override
  boolean taken(HttpResponse<String> answer, int end) {
    boolean last = isLast(end);
    return answer.statusCode() == (last ? 201 : 204) && isComplete(answer) == last;
  }

  private boolean isLast(int end) {
    return end == file().length();
  }

  private static boolean isComplete(HttpResponse<String> answer) {
    return answer.headers().firstValue("Upload-Complete").equals(Optional.of("?1"));
  }

  private static HttpRequest.Builder to(URI target) {
    return HttpRequest.newBuilder(target)
        .header("Upload-Draft-Interop-Version", "10")
        .timeout(Duration.ofMinutes(1));
  }

  @Override
  boolean isWhole() {
    return complete;
  }
}
