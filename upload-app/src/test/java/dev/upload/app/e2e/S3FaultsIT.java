package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.app.e2e.PatientUpload.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged app on a store behind a wire that does what wires and servers sometimes do. */
class S3FaultsIT {

  private static final Pattern WIRE = Pattern.compile("Wire at (\\S+)");
  private static final long SEED = 20_261_123;

  @TempDir Path directory;

  private final PatientUpload.Tally tally = new PatientUpload.Tally();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientsOfEveryProtocolGetTheirFilesThrough(boolean signBodies) throws Exception {
    try (S3Server s3 = S3Server.start(directory);
        ServerProcess wire = wire(s3.endpoint())) {
      String endpoint = wire.await(WIRE, Duration.ofMinutes(1)).group(1);
      List<String> settings = new ArrayList<>(List.of(s3.settings()));
      settings.add("--upload.store.s3.endpoint=" + endpoint);
      settings.add("--upload.store.s3.sign-bodies=" + signBodies);
      settings.add("--upload.store.s3.answer-timeout=10s"); // some answers never come
      try (PackagedApp app = PackagedApp.start(directory, settings.toArray(String[]::new));
          ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        Files.createFile(trouble());
        List<Future<Boolean>> outcomes = new ArrayList<>();
        for (Way way : Way.values()) {
          int start = outcomes.size();
          outcomes.add(clients.submit(() -> arrives(app, way, start)));
        }
        for (Future<Boolean> outcome : outcomes) {
          assertThat(outcome.get(3, TimeUnit.MINUTES)).isTrue();
        }
      }
      long faults = wire.log().lines().filter(line -> !line.startsWith("Wire")).count();
      assertThat(faults).isPositive();
      assertThat(wire.log().contains("Wire has unsigned PUT /")).isEqualTo(!signBodies);
      System.out.printf(
          "%d faults on the way to S3: %d chunks stored, %d requests repeated%n",
          faults, tally.stored().get(), tally.repeated().get());
    }
  }

  /** There from when on the wire is faulty. */
  private Path trouble() {
    return directory.resolve("trouble").toAbsolutePath();
  }

  private boolean arrives(PackagedApp app, Way way, int start) throws Exception {
    Sample file = new Sample(way + ".bin", start, 14 * Sample.MIB, 2 * Sample.MIB);
    try (PatientUpload upload = new PatientUpload(app.address(), tally)) {
      return upload.send(way, file).equals(file.sha256());
    }
  }

  private ServerProcess wire(String target) throws IOException {
    return ServerProcess.start(
        "wire",
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            Path.of("../upload-adapter-s3/target/test-classes").toAbsolutePath().toString(),
            "dev.upload.s3.WireProcess",
            target,
            Long.toString(SEED),
            trouble().toString()));
  }
}
