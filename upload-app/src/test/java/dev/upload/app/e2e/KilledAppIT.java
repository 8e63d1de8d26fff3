package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kill -9} in the middle of an upload takes nothing that was acknowledged. */
class KilledAppIT {

  private static final int BEFORE_THE_KILL = 20;
  private static final int SIMULTANEOUS = 3;

  /** Is never sent before the kill, however late that comes. */
  private static final int HELD_BACK = 1;

  @TempDir Path directory;

  private final Sample file = new Sample("killed.bin", 77, 48 * Sample.MIB + 4_711, Sample.MIB);

  @ParameterizedTest
  @EnumSource
  void anUploadGoesOnAfterTheAppWasKilled(Storage.Kind kind) throws Exception {
    try (Storage storage = Storage.open(kind, directory)) {
      Set<Integer> acknowledged;
      try (PackagedApp app = storage.startApp()) {
        acknowledged = uploadUntilKilled(app);
      }

      try (PackagedApp app = storage.startApp();
          ChunkClient client = new ChunkClient(app.address())) {
        assertThat(acknowledged).hasSizeBetween(BEFORE_THE_KILL, file.chunks() - HELD_BACK);
        for (int number : acknowledged) {
          assertThat(client.test(file, number)).as("chunk " + number).isEqualTo(200);
        }
        assertThat(client.sha256(sendTheRest(client))).isEqualTo(file.sha256());
      }
    }
  }

  private Set<Integer> uploadUntilKilled(PackagedApp app) throws InterruptedException {
    Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    AtomicInteger next = new AtomicInteger();
    CountDownLatch enough = new CountDownLatch(BEFORE_THE_KILL);
    try (ChunkClient client = new ChunkClient(app.address());
        ExecutorService senders = Executors.newFixedThreadPool(SIMULTANEOUS)) {
      for (int sender = 0; sender < SIMULTANEOUS; sender++) {
        var _ =
            senders.submit(
                () -> {
                  int number;
                  while ((number = next.incrementAndGet()) <= file.chunks() - HELD_BACK) {
                    if (client.octet(file, number).statusCode() == 200) {
                      acknowledged.add(number);
                      enough.countDown();
                    }
                  }
                  return null;
                });
      }
      boolean reached = enough.await(60, TimeUnit.SECONDS);
      app.close();
      assertThat(reached).as(app.process().log()).isTrue();
    }
    return acknowledged;
  }

  private String sendTheRest(ChunkClient client) throws IOException, InterruptedException {
    String id = "";
    for (int number = 1; number <= file.chunks(); number++) {
      if (client.test(file, number) == 204) {
        id = ChunkClient.id(client.octet(file, number));
      }
    }
    return id;
  }
}
