package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with what is under way. */
class ParallelUploadsIT {

  private static final int UPLOADS = 64;
  private static final int CHUNK_BYTES = 8 * Sample.MIB;

  @TempDir Path directory;

  @Test
  void sixtyFourUploadsAtOnceFitInASmallHeap() throws Exception {
    ProcessBuilder command = PackagedApp.command(directory, "--upload.store.filesystem.root=root");
    command.environment().put("JAVA_OPTS", "-Xmx128m");

    try (PackagedApp app = PackagedApp.start(command);
        ChunkClient client = new ChunkClient(app.address());
        ExecutorService senders = Executors.newFixedThreadPool(UPLOADS)) {
      List<Future<String>> sums = new ArrayList<>();
      for (int i = 0; i < UPLOADS; i++) {
        Sample file = file(i);
        boolean form = i % 2 == 0;
        sums.add(senders.submit(() -> upload(client, file, form)));
      }
      for (int i = 0; i < UPLOADS; i++) {
        Sample file = file(i);
        assertThat(sums.get(i).get()).as(file.name()).isEqualTo(file.sha256());
      }
      System.out.printf(
          "%d uploads of %d MiB at once in -Xmx128m: peak %d MiB resident%n",
          UPLOADS, 2 * CHUNK_BYTES / Sample.MIB, app.process().peakMebibytes());
      assertThat(app.process().log()).doesNotContain("OutOfMemory");
    }
  }

  private static Sample file(int i) {
    return new Sample("file-" + i, i * 4_099, 2 * CHUNK_BYTES + i, CHUNK_BYTES);
  }

  private static String upload(ChunkClient client, Sample file, boolean form) throws Exception {
    String id = "";
    for (int number = 1; number <= file.chunks(); number++) {
      id = ChunkClient.id(form ? client.multipart(file, number) : client.octet(file, number));
    }
    return client.sha256(id);
  }
}
