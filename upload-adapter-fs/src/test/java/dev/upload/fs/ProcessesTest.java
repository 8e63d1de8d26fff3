package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one process must not do to another, and what none may lose when it is killed. */
class ProcessesTest {

  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 400;

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void aKilledProcessLosesNothingThatItAcknowledged(Durability durability) throws Exception {
    Path root = temp.resolve("root");
    Path acknowledgements = Files.createFile(temp.resolve("acknowledged"));
    Process process =
        builder(root, acknowledgements, durability)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      awaitLines(process, acknowledgements, ACKNOWLEDGED_BEFORE_THE_KILL);
    } finally {
      process.destroyForcibly().waitFor();
    }
    List<String> acknowledged = wholeLines(acknowledgements);

    try (FilesystemUploads files = FilesystemUploads.open(FilesystemConfig.of(root))) {
      Uploads uploads = TestUploads.uploads(files);
      uploads.finishInterrupted();

      assertThat(files.recovery()).isEqualTo(RecoveryReport.NOT_NEEDED);
      assertThat(acknowledged).allSatisfy(line -> assertHeld(uploads, line));
      Set<UploadId> ids =
          acknowledged.stream().map(ProcessesTest::idOf).collect(Collectors.toSet());
      assertThat(ids)
          .isNotEmpty()
          .allSatisfy(
              id -> assertThat(resumed(uploads, id)).isEqualTo(KilledProcess.content(id.value())));
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void aProcessKilledAmidstBodiesHasWhatTheirSendersWereTold(Durability durability)
      throws Exception {
    Path root = temp.resolve("root");
    Path said = Files.createFile(temp.resolve("told"));
    Process process = receiver(root, said, durability).start();
    try {
      awaitLines(process, said, ACKNOWLEDGED_BEFORE_THE_KILL);
    } finally {
      process.destroyForcibly().waitFor();
    }
    Map<UploadId, Long> told = new HashMap<>();
    wholeLines(said).forEach(line -> told.merge(idOf(line), numberOf(line), Math::max));

    try (FilesystemUploads files = FilesystemUploads.open(FilesystemConfig.of(root))) {
      Uploads uploads = TestUploads.uploads(files);

      assertThat(told)
          .isNotEmpty()
          .allSatisfy(
              (id, offset) -> {
                UploadSession session = uploads.describe(id).orElseThrow();
                assertThat(session.offset()).isGreaterThanOrEqualTo(offset);
                assertThat(session.state()).isEqualTo(UploadState.OPEN);
                assertThat(ended(uploads, session)).isEqualTo(KilledReceiver.content(id));
              });
    }
  }

  /** Sends the rest of an upload, and returns what its file has then. */
  private static byte[] ended(Uploads uploads, UploadSession session) {
    Chunk last = new Chunk(session.offset(), OptionalLong.empty(), true);
    ByteRange rest = new ByteRange(session.offset(), KilledReceiver.LENGTH);
    byte[] whole = KilledReceiver.content(session.id());
    return TestUploads.contentOf(
        uploads, uploads.receive(session.id(), last, Bytes.body(whole, rest)));
  }

  @Test
  void aSecondProcessIsKeptOff() throws Exception {
    Path root = temp.resolve("root");
    Path acknowledgements = Files.createFile(temp.resolve("acknowledged"));
    Process process = start(root, acknowledgements);
    try {
      awaitLines(process, acknowledgements, 1);

      assertThatThrownBy(() -> FilesystemUploads.open(FilesystemConfig.of(root)))
          .isInstanceOf(DirectoryUnusableException.class)
          .hasMessageContaining(root.toString())
          .hasMessageContaining("in use");
      assertThat(Files.readString(root.resolve("lock"))).startsWith(Long.toString(process.pid()));
    } finally {
      process.destroyForcibly().waitFor();
    }

    FilesystemUploads.open(FilesystemConfig.of(root)).close();
  }

  @Test
  void aDirectoryIsOpenedOnceInAProcessAndAgainAfterItsEnd() {
    try (FilesystemUploads first = FilesystemUploads.open(FilesystemConfig.of(temp))) {
      assertThatThrownBy(() -> FilesystemUploads.open(FilesystemConfig.of(temp)))
          .isInstanceOf(DirectoryUnusableException.class);
      assertThat(first.recovery().rangesLost()).isZero();
    }

    FilesystemUploads.open(FilesystemConfig.of(temp)).close();
  }

  @Test
  void aRefusedSecondOpeningDoesNotGiveTheDirectoryAway() throws Exception {
    Path root = temp.resolve("root");
    Path said = Files.createFile(temp.resolve("said"));
    try (FilesystemUploads first = FilesystemUploads.open(FilesystemConfig.of(root))) {
      assertThatThrownBy(() -> FilesystemUploads.open(FilesystemConfig.of(root)))
          .isInstanceOf(DirectoryUnusableException.class);
      Process other =
          builder(root, temp.resolve("acknowledged")).redirectOutput(said.toFile()).start();

      assertThat(other.waitFor()).isEqualTo(1);
      assertThat(first.recovery().rangesLost()).isZero();
    }
    assertThat(said).content().contains("DirectoryUnusableException", "in use");
  }

  @Test
  void aProcessThatCannotWriteTheNamesOfFilesDoesNotStart() throws Exception {
    assumeThat(System.getProperty("os.name"))
        .as("where names depend on the locale")
        .isEqualTo("Linux");
    Path said = Files.createFile(temp.resolve("said"));
    ProcessBuilder builder = builder(temp.resolve("root"), temp.resolve("acknowledged"));
    builder.environment().put("LC_ALL", "C");

    Process process = builder.redirectOutput(said.toFile()).start();

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said).content().contains("DirectoryUnusableException", "LC_ALL=C.UTF-8");
  }

  private static void assertHeld(Uploads uploads, String line) {
    UploadSession session = uploads.describe(idOf(line)).orElseThrow();
    int cell = Math.toIntExact(numberOf(line));
    assertThat(session.received().covers(gridOf(session).cell(cell))).isTrue();
  }

  /** Sends what is missing of an upload, and returns what its file has then. */
  private static byte[] resumed(Uploads uploads, UploadId id) {
    UploadSession session = uploads.describe(id).orElseThrow();
    byte[] whole = KilledProcess.content(id.value());
    for (ByteRange gap : session.received().missing(whole.length)) {
      for (long start = gap.start(); start < gap.end(); start += KilledProcess.CELL) {
        ByteRange cell = ByteRange.at(start, KilledProcess.CELL);
        session = uploads.receive(id, Chunk.filling(cell), Bytes.body(whole, cell));
      }
    }
    return TestUploads.contentOf(uploads, session);
  }

  private static ChunkGrid gridOf(UploadSession session) {
    return (ChunkGrid) session.policy();
  }

  private static long numberOf(String line) {
    return Long.parseLong(line.substring(line.indexOf(' ') + 1));
  }

  private static UploadId idOf(String line) {
    return new UploadId(line.substring(0, line.indexOf(' ')));
  }

  private static Process start(Path root, Path acknowledgements) throws IOException {
    return builder(root, acknowledgements).redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static ProcessBuilder builder(Path root, Path acknowledgements) {
    return builder(root, acknowledgements, Durability.COMPLETED);
  }

  private static ProcessBuilder receiver(Path root, Path told, Durability durability) {
    return builder(KilledReceiver.class, root, told, durability)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT);
  }

  private static ProcessBuilder builder(Path root, Path acknowledgements, Durability durability) {
    return builder(KilledProcess.class, root, acknowledgements, durability);
  }

  private static ProcessBuilder builder(
      Class<?> main, Path root, Path acknowledgements, Durability durability) {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            root.toString(),
            acknowledgements.toString(),
            durability.name())
        .redirectErrorStream(true);
  }

  private static void awaitLines(Process process, Path file, int count)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (wholeLines(file).size() < count) {
      assertThat(process.isAlive()).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private static List<String> wholeLines(Path file) throws IOException {
    String text = Files.readString(file);
    return new ArrayList<>(text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
  }
}
