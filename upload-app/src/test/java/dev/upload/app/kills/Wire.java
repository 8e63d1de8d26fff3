package dev.upload.app.kills;

import dev.upload.app.e2e.ChunkRequests;
import dev.upload.app.e2e.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Requests to one life of the app, counted. Safe for concurrent use. */
final class Wire implements AutoCloseable {

  private final URI address;
  private final Ledger ledger;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Wire(URI address, Ledger ledger) {
    this.address = address;
    this.ledger = ledger;
  }

  URI address() {
    return address;
  }

  ChunkRequests chunks() {
    return new ChunkRequests(address);
  }

  Ledger ledger() {
    return ledger;
  }

  /**
   * Sends a request.
   *
   * @throws IOException if there is no whole answer: the app was killed
   */
  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return send(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body)
      throws IOException, InterruptedException {
    ledger.requests.increment();
    try {
      HttpResponse<T> answer = http.send(request.build(), body);
      ledger.answered(answer.statusCode());
      return answer;
    } catch (IOException e) {
      ledger.cutRequests.increment();
      throw e;
    }
  }

  /** Downloads a finished file and holds it against {@code file}. */
  void verify(String id, Sample file) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        send(chunks().finished(id).GET(), BodyHandlers.ofInputStream());
    MessageDigest digest = Sample.newSha256();
    try (InputStream in = answer.body();
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    }
    String sum = HexFormat.of().formatHex(digest.digest());
    if (answer.statusCode() != 200) {
      ledger.lost(file.length(), "finished " + file + ": " + answer.statusCode());
    } else if (!sum.equals(file.sha256())) {
      ledger.broken("finished " + file + " has other bytes than were sent");
    }
    ledger.verified.increment();
  }

  /** Deletes a finished file; returns the status. */
  int remove(String id) throws IOException, InterruptedException {
    return send(chunks().finished(id).header("Tus-Resumable", "1.0.0").DELETE()).statusCode();
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
