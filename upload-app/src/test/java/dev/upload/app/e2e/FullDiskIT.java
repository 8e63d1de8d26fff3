package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file system that fills up, fails or becomes read-only, and recovers, under the running app. */
class FullDiskIT {

  private static final int MIB = Sample.MIB;
  private static final String NO_RESERVE = "--upload.limits.min-free=0";

  @TempDir Path directory;

  private final Sample file = new Sample("disk.bin", 5, 12 * MIB + 17, MIB);

  @Test
  void chunksAreRefusedBeforeTheDiskIsFullAndTakenAgainOnceThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.inMemory(directory, 64);
        PackagedApp app = start(disk, "--upload.limits.min-free=8MB");
        ChunkClient client = new ChunkClient(app.address())) {
      Sample tooLong = new Sample("long.bin", 5, 100 * MIB, MIB);
      assertThat(client.octet(tooLong, 1).statusCode()).isEqualTo(507);
      assertThat(client.octet(file, 1).statusCode()).isEqualTo(200);
      long descriptors = app.process().openFiles();

      disk.leave(8 * MIB + MIB / 2);

      assertThat(client.octet(file, 2).statusCode()).isEqualTo(507);
      assertThat(client.multipart(file, 2).statusCode()).isEqualTo(507);
      assertThat(client.test(file, 1)).isEqualTo(200);
      assertThat(client.test(file, 2)).isEqualTo(204);
      disk.free();
      assertThat(client.sha256(sendMissing(client))).isEqualTo(file.sha256());
      assertThat(app.process().openFiles()).isLessThanOrEqualTo(descriptors + 4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"completed", "acknowledged"})
  void aDiskThatIsReallyFullIsSurvivedWithoutARestart(String level) throws Exception {
    try (SmallDisk disk = SmallDisk.inMemory(directory, 64);
        PackagedApp app = start(disk, NO_RESERVE, "--upload.durability=" + level);
        ChunkClient client = new ChunkClient(app.address())) {
      Set<Integer> acknowledged = new TreeSet<>();
      Set<Integer> statuses = new TreeSet<>();
      send(client, 1, acknowledged, statuses);
      assertThat(statuses).containsExactly(200);

      disk.leave(0);
      for (int number = 2; number <= 6; number++) {
        send(client, number, acknowledged, statuses);
      }

      assertThat(statuses).contains(507).isSubsetOf(200, 503, 507);
      disk.free();
      for (int number : acknowledged) {
        assertThat(client.test(file, number)).as("chunk " + number).isEqualTo(200);
      }
      assertThat(client.sha256(sendMissing(client))).isEqualTo(file.sha256());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"completed", "acknowledged"})
  void aDeviceThatFailsIsSurvivedWithoutARestart(String level) throws Exception {
    try (SmallDisk disk = SmallDisk.onFailingDevice(directory, 24);
        PackagedApp app = start(disk, NO_RESERVE, "--upload.durability=" + level);
        ChunkClient client = new ChunkClient(app.address())) {
      Set<Integer> statuses = new TreeSet<>();
      for (int number = 1; number <= file.chunks(); number++) {
        statuses.add(client.octet(file, number).statusCode());
      }

      // 404: it could not be forced, so it is given up; 507: the device says that it is full
      assertThat(statuses).isSubsetOf(200, 404, 503, 507).hasSizeGreaterThan(1);
      disk.heal(24);
      HttpResponse<String> answer = sentMissing(client);
      if (answer.statusCode() == 404) { // the failure was found behind the last answer
        answer = sentMissing(client);
      }
      assertThat(client.sha256(ChunkClient.id(answer))).isEqualTo(file.sha256());
    }
  }

  @Test
  void aFileSystemThatMakesItselfReadOnlyIsServedAsSuch() throws Exception {
    try (SmallDisk disk = SmallDisk.onFailingDevice(directory, 64)) {
      Sample small = new Sample("small.bin", 99, 1_000, MIB);
      String id;
      try (PackagedApp app = start(disk, NO_RESERVE);
          ChunkClient client = new ChunkClient(app.address())) {
        id = ChunkClient.id(client.octet(small, 1));
        assertThat(client.octet(file, 1).statusCode()).isEqualTo(200);

        disk.breakDown();

        assertThat(client.octet(file, 2).statusCode()).isEqualTo(503);
        assertThat(client.sha256(id)).isEqualTo(small.sha256());
      }
      disk.mountAgain();
      try (PackagedApp app = start(disk, NO_RESERVE);
          ChunkClient client = new ChunkClient(app.address())) {
        assertThat(client.sha256(id)).isEqualTo(small.sha256());
        assertThat(client.sha256(sendMissing(client))).isEqualTo(file.sha256());
      }
    }
  }

  private PackagedApp start(SmallDisk disk, String... more) {
    String[] settings = new String[more.length + 1];
    System.arraycopy(more, 0, settings, 0, more.length);
    settings[more.length] = "--upload.store.filesystem.root=" + disk.directory().resolve("root");
    return PackagedApp.start(directory, settings);
  }

  private void send(
      ChunkClient client, int number, Set<Integer> acknowledged, Set<Integer> statuses)
      throws IOException, InterruptedException {
    int status = client.octet(file, number).statusCode();
    statuses.add(status);
    if (status == 200) {
      acknowledged.add(number);
    }
  }

  /** Goes on as a client does that comes back; returns the id. */
  private String sendMissing(ChunkClient client) throws IOException, InterruptedException {
    return ChunkClient.id(sentMissing(client));
  }

  /** Does the same up to the first chunk that is not taken, and returns the last answer. */
  private HttpResponse<String> sentMissing(ChunkClient client)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = taken(client, 1);
    for (int number = 2; number <= file.chunks() && answer.statusCode() == 200; number++) {
      answer = taken(client, number);
    }
    return answer;
  }

  private HttpResponse<String> taken(ChunkClient client, int number)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = client.ask(file, number);
    return answer.statusCode() == 204 ? client.octet(file, number) : answer;
  }
}
