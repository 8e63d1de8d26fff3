package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.app.e2e.PatientUpload.Way;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app is told to end, and another one takes its place, while clients are at it. */
class RollingRestartIT {

  private static final List<Way> WAYS = List.of(Way.values());
  private static final int CLIENTS = 6;
  private static final int RESTARTS = 2;

  @TempDir Path directory;

  private final int port;
  private final URI address;
  private final PatientUpload.Tally tally = new PatientUpload.Tally();

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
        Sample file = new Sample("rolling-%d.bin".formatted(i), i, 16 * Sample.MIB, 64 * 1024);
        Way way = WAYS.get(i % WAYS.size());
        outcomes.add(senders.submit(() -> upload(way, file)));
      }
      for (int restart = 1; restart <= RESTARTS; restart++) {
        int enough = restart * 200;
        Eventually.holds("progress", Duration.ofMinutes(1), () -> tally.stored().get() >= enough);
        app.process().terminate();
        assertThat(app.process().awaitExit(Duration.ofMinutes(1))).isZero();
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
        RESTARTS, tally.stored().get(), tally.repeated().get());
  }

  private PackagedApp started() {
    return PackagedApp.start(
        new ProcessBuilder(
                PackagedApp.LAUNCHER.toString(),
                "--micronaut.server.port=" + port,
                "--upload.store.filesystem.root=" + directory.resolve("data"))
            .directory(directory.toFile()));
  }

  private boolean upload(Way way, Sample file) throws Exception {
    try (PatientUpload upload = new PatientUpload(address, tally)) {
      return upload.send(way, file).equals(file.sha256());
    }
  }
}
