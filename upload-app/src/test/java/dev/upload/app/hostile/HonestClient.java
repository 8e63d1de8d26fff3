package dev.upload.app.hostile;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Uploads small files one after the other, whatever others do meanwhile. */
final class HonestClient implements AutoCloseable {

  private final URI address;
  private final long run = System.nanoTime();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicLong longestNanos = new AtomicLong();
  private final Thread thread;

  HonestClient(URI address) {
    this.address = address;
    this.thread = Thread.ofVirtual().start(this::run);
  }

  private void run() {
    for (int number = 0; !stopped.get(); number++) {
      long begin = System.nanoTime();
      (upload(number) == 200 ? served : failed).incrementAndGet();
      longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
    }
  }

  private int upload(int number) {
    String query =
        "uploads?resumableChunkNumber=1&resumableTotalChunks=1&resumableChunkSize=1048576"
            + "&resumableTotalSize=65536&resumableFilename=honest.bin&resumableIdentifier=h"
            + run
            + "-"
            + number;
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve(query))
              .header("Content-Type", "application/octet-stream")
              .POST(BodyPublishers.ofByteArray(new byte[65_536]))
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException e) {
      return 0;
    }
  }

  int failed() {
    return failed.get();
  }

  int served() {
    return served.get();
  }

  @Override
  public String toString() {
    return "%d uploads served, %d failed, the longest took %d ms"
        .formatted(served.get(), failed.get(), longestNanos.get() / 1_000_000);
  }

  @Override
  public void close() throws InterruptedException {
    stopped.set(true);
    thread.join();
    http.shutdownNow();
    http.close();
  }
}
