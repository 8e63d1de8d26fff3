package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app is told to end, and another one takes its place, while clients are at it. */
class RollingRestartIT {

  private static final int CLIENTS = 4;
  private static final int RESTARTS = 2;
  private static final int MOST_ATTEMPTS = 30;

  @TempDir Path directory;

  private final int port;
  private final URI address;
  private final AtomicInteger stored = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();

  RollingRestartIT() throws IOException {
    port = Ports.free();
    address = URI.create("http://127.0.0.1:" + port + "/");
  }

  @Test
  void noClientFailsAndNothingIsLost() throws Exception {
    PackagedApp app = started();
    try (ExecutorService senders = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<Boolean>> outcomes = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Sample file = new Sample("rolling-%d.bin".formatted(i), i, 24 * Sample.MIB, 64 * 1024);
        outcomes.add(senders.submit(() -> upload(file)));
      }
      for (int restart = 1; restart <= RESTARTS; restart++) {
        int enough = restart * 200;
        Eventually.holds("progress", Duration.ofMinutes(1), () -> stored.get() >= enough);
        app.process().terminate();
        assertThat(app.process().awaitExit(Duration.ofSeconds(20))).isZero();
        app = started();
      }
      for (Future<Boolean> outcome : outcomes) {
        assertThat(outcome.get(2, TimeUnit.MINUTES)).isTrue();
      }
    } finally {
      app.close();
    }
    System.out.printf(
        "%d restarts under load: %d chunks stored, %d requests repeated%n",
        RESTARTS, stored.get(), repeated.get());
  }

  private PackagedApp started() {
    return PackagedApp.start(
        new ProcessBuilder(
                PackagedApp.LAUNCHER.toString(),
                "--micronaut.server.port=" + port,
                "--upload.store.filesystem.root=" + directory.resolve("data"))
            .directory(directory.toFile()));
  }

  private boolean upload(Sample file) throws Exception {
    try (ChunkClient client = new ChunkClient(address)) {
      HttpResponse<String> last = insistently(client, file, 1);
      for (int number = 2; number <= file.chunks(); number++) {
        last = insistently(client, file, number);
      }
      return client.sha256(ChunkClient.id(last)).equals(file.sha256());
    }
  }

  /** Repeats as these clients do: after what they may repeat, with a pause. */
  private HttpResponse<String> insistently(ChunkClient client, Sample file, int number)
      throws Exception {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        HttpResponse<String> answer = client.octet(file, number);
        if (answer.statusCode() == 200) {
          stored.incrementAndGet();
          return answer;
        }
        assertThat(answer.statusCode()).isIn(423, 503);
      } catch (IOException connectionIsGone) {
        // as it happens between two servers
      }
      repeated.incrementAndGet();
      Thread.sleep(200);
    }
    throw new AssertionError("the client gives %s up at chunk %d".formatted(file.name(), number));
  }
}
