package dev.upload.app.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Uploads as a client of one protocol does, which repeats with a pause what it may repeat. */
final class PatientUpload implements AutoCloseable {

  /** How the bytes are sent. */
  enum Way {
    OCTET,
    FORM,
    TUS
  }

  /** What is done, by all clients together. */
  record Tally(AtomicInteger stored, AtomicInteger repeated) {
    Tally() {
      this(new AtomicInteger(), new AtomicInteger());
    }
  }

  @FunctionalInterface
  private interface Request<T> {
    T send() throws IOException, InterruptedException;
  }

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Set<Integer> NOT_NOW = Set.of(423, 503);

  private final URI address;
  private final Tally tally;
  private final ChunkClient chunks;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  PatientUpload(URI address, Tally tally) {
    this.address = address;
    this.tally = tally;
    this.chunks = new ChunkClient(address);
  }

  /** Uploads it, and returns the SHA-256 of what can be downloaded then. */
  String send(Way way, Sample file) throws IOException, InterruptedException {
    String id =
        switch (way) {
          case OCTET -> chunks(file, chunks::octet);
          case FORM -> chunks(file, chunks::multipart);
          case TUS -> tus(file);
        };
    return insistently(() -> chunks.sha256(id));
  }

  @FunctionalInterface
  private interface Chunk {
    HttpResponse<String> send(Sample file, int number) throws IOException, InterruptedException;
  }

  private String chunks(Sample file, Chunk chunk) throws IOException, InterruptedException {
    String id = "";
    for (int number = 1; number <= file.chunks(); number++) {
      int next = number;
      id = ChunkClient.id(insistently(() -> answered(chunk.send(file, next), 200)));
      tally.stored().incrementAndGet();
    }
    return id;
  }

  private String tus(Sample file) throws IOException, InterruptedException {
    byte[] whole = new Sample(file.name(), file.start(), file.length(), file.length()).chunk(1);
    HttpRequest.Builder creation =
        to(address.resolve("files"))
            .header("Upload-Length", Integer.toString(whole.length))
            .POST(BodyPublishers.noBody());
    URI upload = address.resolve(path(insistently(() -> answered(send(creation), 201))));
    int offset = 0;
    while (offset < whole.length) {
      int from = offset;
      int length = Math.min(file.chunkSize(), whole.length - from);
      offset = insistently(() -> appended(upload, whole, from, length));
      tally.stored().incrementAndGet();
    }
    return upload.getPath().substring(upload.getPath().lastIndexOf('/') + 1);
  }

  /** Appends, or asks how far it is if that fails; nothing that was acknowledged may be lost. */
  private int appended(URI upload, byte[] whole, int from, int length)
      throws IOException, InterruptedException {
    int offset = offset(answered(send(to(upload).HEAD()), 200));
    if (offset < from) {
      throw new AssertionError("%s went back from %d to %d".formatted(upload, from, offset));
    }
    if (offset > from) {
      return offset;
    }
    HttpRequest.Builder patch =
        to(upload)
            .header("Upload-Offset", Integer.toString(from))
            .header("Content-Type", "application/offset+octet-stream")
            .method("PATCH", BodyPublishers.ofByteArray(whole, from, length));
    return offset(answered(send(patch), 204));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder to(URI target) {
    return HttpRequest.newBuilder(target)
        .header("Tus-Resumable", "1.0.0")
        .timeout(Duration.ofMinutes(1));
  }

  private static String path(HttpResponse<String> created) {
    return URI.create(created.headers().firstValue("Location").orElse("/none")).getPath();
  }

  private static int offset(HttpResponse<String> answer) {
    return (int) answer.headers().firstValueAsLong("Upload-Offset").orElse(-1);
  }

  /** Returns {@code answer} if it is the one that is hoped for; one for later is an exception. */
  private static HttpResponse<String> answered(HttpResponse<String> answer, int hopedFor)
      throws IOException {
    if (NOT_NOW.contains(answer.statusCode())) {
      throw new IOException("not now: " + answer.statusCode());
    }
    if (answer.statusCode() != hopedFor) {
      throw new AssertionError(answer + " " + answer.body());
    }
    return answer;
  }

  private <T> T insistently(Request<T> request) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return request.send();
      } catch (IOException notNow) {
        if (System.nanoTime() > end) {
          throw new AssertionError("a client gives up", notNow);
        }
        tally.repeated().incrementAndGet();
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  @Override
  public void close() {
    chunks.close();
    http.shutdownNow();
    http.close();
  }
}
