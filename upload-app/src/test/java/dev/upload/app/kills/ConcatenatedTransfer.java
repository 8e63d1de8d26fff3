package dev.upload.app.kills;

import dev.upload.app.e2e.Eventually;
import dev.upload.app.e2e.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;

/** A file sent by tus in two parts, which the server concatenates. */
final class ConcatenatedTransfer extends Transfer {

  private final List<TusTransfer> parts;
  private String path = "";
  private boolean whole;

  ConcatenatedTransfer(Sample file) {
    super(file);
    int half = file.length() / 2;
    Sample first = new Sample(file.name(), file.start(), half, file.chunkSize());
    Sample second =
        new Sample(file.name(), file.start() + half, file.length() - half, file.chunkSize());
    this.parts = List.of(new TusTransfer(first, true), new TusTransfer(second, true));
  }

  @Override
  void ask(Wire wire) throws IOException, InterruptedException {
    if (!path.isEmpty()) {
      askForWhole(wire);
      return;
    }
    for (TusTransfer part : parts) {
      part.ask(wire);
    }
  }

  private void askForWhole(Wire wire) throws IOException, InterruptedException {
    HttpResponse<String> answer = wire.send(TusRequests.head(wire.address().resolve(path)));
    if (answer.statusCode() != 200) {
      wire.ledger().lost(file().length(), this + ": HEAD is answered " + answer.statusCode());
      throw unexpected("HEAD", answer);
    }
    whole = TusRequests.offset(answer) == file().length();
  }

  @Override
  void sendNext(Wire wire) throws IOException, InterruptedException {
    for (TusTransfer part : parts) {
      if (!part.isWhole()) {
        part.run(wire);
        return;
      }
    }
    if (path.isEmpty()) {
      concatenate(wire);
    } else {
      Eventually.pause(); // it is being copied
      askForWhole(wire);
    }
  }

  private void concatenate(Wire wire) throws IOException, InterruptedException {
    String paths = parts.stream().map(TusTransfer::path).collect(Collectors.joining(" "));
    HttpResponse<String> answer =
        wire.send(TusRequests.create(wire.address()).header("Upload-Concat", "final;" + paths));
    if (answer.statusCode() != 201) {
      throw unexpected("concatenation", answer);
    }
    path = TusRequests.path(answer);
  }

  @Override
  boolean isWhole() {
    return whole;
  }

  @Override
  String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
