package dev.upload.app.kills;

import dev.upload.app.e2e.Sample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A file sent by the IETF's draft: appended, after a HEAD, and complete by its client's word. */
final class DraftTransfer extends Transfer {

  private String path = "";
  private long acknowledged;
  private long offset;
  private boolean complete;

  DraftTransfer(Sample file) {
    super(file);
  }

  @Override
  void ask(Wire wire) throws IOException, InterruptedException {
    if (path.isEmpty()) {
      return; // nobody told where it is: it is begun anew
    }
    HttpResponse<String> answer = wire.send(to(wire.address().resolve(path)).HEAD());
    if (answer.statusCode() / 100 != 2) {
      wire.ledger().lost(acknowledged, this + ": HEAD is answered " + answer.statusCode());
      throw unexpected("HEAD", answer);
    }
    offset = TusRequests.offset(answer);
    boolean wasComplete = complete;
    complete = isComplete(answer);
    if (wasComplete && !complete) {
      wire.ledger().broken(this + " was complete, and is not any more");
    }
    if (offset < acknowledged) {
      wire.ledger().lost(acknowledged - offset, this + " at " + path);
      acknowledged = offset;
    }
  }

  @Override
  void sendNext(Wire wire) throws IOException, InterruptedException {
    if (path.isEmpty()) {
      create(wire);
    } else {
      append(wire);
    }
  }

  private void create(Wire wire) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        wire.send(
            to(wire.address().resolve("files"))
                .header("Upload-Complete", "?0")
                .header("Upload-Length", Integer.toString(file().length()))
                .POST(BodyPublishers.noBody()));
    if (answer.statusCode() != 201) {
      throw unexpected("creation", answer);
    }
    path = TusRequests.path(answer);
  }

  private void append(Wire wire) throws IOException, InterruptedException {
    int end = (int) Math.min(file().length(), offset + file().chunkSize());
    boolean last = end == file().length();
    HttpResponse<String> answer =
        wire.send(
            to(wire.address().resolve(path))
                .header("Upload-Offset", Long.toString(offset))
                .header("Upload-Complete", last ? "?1" : "?0")
                .header("Content-Type", "application/partial-upload")
                .method("PATCH", BodyPublishers.ofByteArray(bytes((int) offset, end))));
    if (answer.statusCode() != (last ? 201 : 204) || isComplete(answer) != last) {
      throw unexpected("PATCH at " + offset, answer);
    }
    wire.ledger().acknowledgedBytes.add(end - acknowledged);
    offset = end;
    acknowledged = end;
    complete = last;
  }

  private byte[] bytes(int from, int to) {
    return from == to
        ? new byte[0] // all of them are there, but the upload is not declared complete
        : new Sample("", file().start() + from, to - from, to - from).chunk(1);
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

  @Override
  String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
