package dev.upload.app.kills;

import dev.upload.app.e2e.Sample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A file sent by a protocol that appends: after a HEAD, from the offset which that tells. */
abstract class AppendedTransfer extends Transfer {

  private String path = "";
  private long acknowledged;
  private long offset;

  AppendedTransfer(Sample file) {
    super(file);
  }

  @Override
  final void ask(Wire wire) throws IOException, InterruptedException {
    if (path.isEmpty()) {
      return; // nobody told where it is: it is begun anew
    }
    HttpResponse<String> answer = wire.send(head(upload(wire)));
    if (answer.statusCode() / 100 != 2) {
      wire.ledger().lost(acknowledged, this + ": HEAD is answered " + answer.statusCode());
      throw unexpected("HEAD", answer);
    }
    offset = TusRequests.offset(answer);
    learn(wire, answer);
    if (offset < acknowledged) {
      wire.ledger().lost(acknowledged - offset, this + " at " + path);
      acknowledged = offset;
    }
  }

  @Override
  final void sendNext(Wire wire) throws IOException, InterruptedException {
    if (path.isEmpty()) {
      create(wire);
    } else {
      append(wire);
    }
  }

  private void create(Wire wire) throws IOException, InterruptedException {
    HttpResponse<String> answer = wire.send(creation(wire.address()));
    if (answer.statusCode() != 201) {
      throw unexpected("creation", answer);
    }
    path = TusRequests.path(answer);
  }

  private void append(Wire wire) throws IOException, InterruptedException {
    int end = (int) Math.min(file().length(), offset + file().chunkSize());
    HttpResponse<String> answer =
        wire.send(patch(upload(wire), offset, bytes((int) offset, end), end));
    if (!taken(answer, end)) {
      throw unexpected("PATCH at " + offset, answer);
    }
    learn(wire, answer);
    wire.ledger().acknowledgedBytes.add(end - acknowledged);
    offset = end;
    acknowledged = end;
  }

  private byte[] bytes(int from, int to) {
    return from == to
        ? new byte[0] // all of them are there, but the server was not told that nothing follows
        : new Sample("", file().start() + from, to - from, to - from).chunk(1);
  }

  private URI upload(Wire wire) {
    return wire.address().resolve(path);
  }

  abstract HttpRequest.Builder creation(URI server);

  abstract HttpRequest.Builder head(URI upload);

  /** Returns a request that brings {@code bytes}, which end at {@code end}. */
  abstract HttpRequest.Builder patch(URI upload, long from, byte[] bytes, int end);

  /** Learns more from the answer to a HEAD or a PATCH than the offset. */
  void learn(Wire wire, HttpResponse<String> answer) {}

  /** Tells whether an answer says that all bytes up to {@code end} were taken. */
  abstract boolean taken(HttpResponse<String> answer, int end);

  /** Tells whether the server has said that it has every byte. */
  final boolean isFull() {
    return !path.isEmpty() && offset == file().length();
  }

  final String path() {
    return path;
  }

  @Override
  final String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
