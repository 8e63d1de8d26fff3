package dev.upload.app.kills;

import dev.upload.app.e2e.Sample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;

/** A file, or a part of one, sent as the clients of tus do: appended, after a HEAD. */
final class TusTransfer extends Transfer {

  private final boolean partial;
  private String path = "";
  private long acknowledged;
  private long offset;

  /**
   * @param partial whether it is only there to be concatenated with others
   */
  TusTransfer(Sample file, boolean partial) {
    super(file);
    this.partial = partial;
  }

  @Override
  void ask(Wire wire) throws IOException, InterruptedException {
    if (path.isEmpty()) {
      return; // nobody told where it is: it is begun anew
    }
    HttpResponse<String> answer = wire.send(TusRequests.head(upload(wire)));
    if (answer.statusCode() != 200) {
      wire.ledger().lost(acknowledged, this + ": HEAD is answered " + answer.statusCode());
      throw unexpected("HEAD", answer);
    }
    offset = TusRequests.offset(answer);
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
            TusRequests.create(wire.address())
                .header("Upload-Length", Integer.toString(file().length()))
                .headers(partial ? new String[] {"Upload-Concat", "partial"} : name()));
    if (answer.statusCode() != 201) {
      throw unexpected("creation", answer);
    }
    path = TusRequests.path(answer);
  }

  private static String[] name() {
    return new String[] {"Upload-Metadata", "filename a2lsbHM="};
  }

  private void append(Wire wire) throws IOException, InterruptedException {
    int end = (int) Math.min(file().length(), offset + file().chunkSize());
    byte[] bytes = bytes((int) offset, end);
    HttpResponse<String> answer = wire.send(TusRequests.patch(upload(wire), offset, bytes));
    if (answer.statusCode() != 204 || TusRequests.offset(answer) != end) {
      throw unexpected("PATCH at " + offset, answer);
    }
    wire.ledger().acknowledgedBytes.add(end - acknowledged);
    offset = end;
    acknowledged = end;
  }

  private byte[] bytes(int from, int to) {
    Sample rest = new Sample("", file().start() + from, to - from, to - from);
    return rest.chunk(1);
  }

  private URI upload(Wire wire) {
    return wire.address().resolve(path);
  }

  @Override
  boolean isWhole() {
    return !path.isEmpty() && offset == file().length();
  }

  String path() {
    return path;
  }

  @Override
  String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
