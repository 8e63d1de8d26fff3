package dev.upload.app.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.upload.core.model.ByteRange;
import dev.upload.core.testing.Bytes;
import dev.upload.fs.Preallocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class FallocateTest {

  private static final int STAT_BLOCK_BYTES = 512;

  @TempDir Path directory;

  @Test
  void blocksAreThereBeforeBytesAndNothingElseChanges() throws IOException, InterruptedException {
    assumeThat(Files.getFileStore(directory).type()).isEqualTo("ext4");
    byte[] content = Bytes.random(5_000, 1);
    Path file = Files.write(directory.resolve("file"), content);
    Preallocation preallocation = Fallocate.ofThisSystem(directory.resolve("not/there/yet"));

    boolean allocated = preallocation.allocate(file, ByteRange.at(0, 1 << 20));

    assertThat(allocated).isTrue();
    assertThat(allocatedBytes(file)).isGreaterThanOrEqualTo(1 << 20);
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
  }

  @Test
  void aFileSystemThatIsNotKnownToGainByItIsLeftToItself() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeThat(Files.isDirectory(memory)).isTrue();
    assumeThat(Files.getFileStore(memory).type()).isEqualTo("tmpfs");

    assertThat(Fallocate.ofThisSystem(memory)).isSameAs(Preallocation.NONE);
  }

  @Test
  void whatCannotBeLaidOutIsLeftAsItIs() {
    assumeThat(Fallocate.ofThisSystem(directory)).isNotSameAs(Preallocation.NONE);

    boolean allocated =
        Fallocate.ofThisSystem(directory)
            .allocate(directory.resolve("nobody"), ByteRange.at(0, 4096));

    assertThat(allocated).isFalse();
    assertThat(directory.resolve("nobody")).doesNotExist();
  }

  private static long allocatedBytes(Path file) throws IOException, InterruptedException {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(stat.waitFor()).isZero();
    return Long.parseLong(blocks.strip()) * STAT_BLOCK_BYTES;
  }
}
