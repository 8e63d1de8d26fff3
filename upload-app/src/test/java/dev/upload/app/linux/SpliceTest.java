package dev.upload.app.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.upload.core.testing.Bytes;
import dev.upload.fs.SocketTransfers;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A pipe stands for the socket: to the kernel both are something to take bytes from. */
@EnabledOnOs(OS.LINUX)
class SpliceTest {

  @TempDir Path directory;

  private final SocketTransfers splice = Splice.ofThisSystem();
  private FileDescriptor in;
  private FileDescriptor out;

  @BeforeEach
  void open() throws IOException {
    assumeThat(Epoll.isAvailable()).isTrue();
    FileDescriptor[] ends = FileDescriptor.pipe();
    in = ends[0];
    out = ends[1];
  }

  @AfterEach
  void close() throws IOException {
    in.close();
    out.close();
  }

  @Test
  void bytesComeToTheirPlaceAndNowhereElse() throws IOException {
    byte[] before = Bytes.random(1_000, 1);
    byte[] sent = Bytes.random(300, 2);
    Path file = Files.write(directory.resolve("file"), before);
    send(sent);

    try (SocketTransfers.Transfer transfer = splice.into(file)) {
      assertThat(transfer.lift(in.intValue(), 200)).isEqualTo(200);
      transfer.lower(500);
      assertThat(transfer.lift(in.intValue(), 200)).isEqualTo(100);
      transfer.lower(700);
      assertThat(transfer.lift(in.intValue(), 200)).as("nothing is there").isZero();
    }

    byte[] expected = before.clone();
    System.arraycopy(sent, 0, expected, 500, 300);
    assertThat(Files.readAllBytes(file)).isEqualTo(expected);
  }

  @Test
  void aFullDiskIsToldAndTheBytesDoNotTurnUpInTheNextFile() throws IOException {
    send(Bytes.random(100, 3));
    try (SocketTransfers.Transfer transfer = splice.into(Path.of("/dev/full"))) {
      assertThat(transfer.lift(in.intValue(), 100)).isEqualTo(100);
      assertThatThrownBy(() -> transfer.lower(0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left on device");
    }

    byte[] next = Bytes.random(50, 4);
    Path file = Files.createFile(directory.resolve("next"));
    send(next);
    try (SocketTransfers.Transfer transfer = splice.into(file)) {
      assertThat(transfer.lift(in.intValue(), 100)).isEqualTo(50);
      transfer.lower(0);
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(next);
  }

  @Test
  void aFileSystemThatCannotBeSplicedIntoGetsCopies() throws IOException {
    Path score = Path.of("/proc/self/oom_score_adj");
    String before = Files.readString(score).strip();
    String higher = Integer.toString(Integer.parseInt(before) + 1);
    send(higher.getBytes(StandardCharsets.US_ASCII));
    try (SocketTransfers.Transfer transfer = splice.into(score)) {
      assertThat(transfer.lift(in.intValue(), 100)).isEqualTo(higher.length());
      transfer.lower(0);

      assertThat(Files.readString(score).strip()).isEqualTo(higher);
    } finally {
      Files.writeString(score, before);
    }
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    Path missing = directory.resolve("missing");

    assertThatThrownBy(() -> splice.into(missing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("No such file");
  }

  @Test
  void aSocketThatFailsIsLeftToWhoReadsFromItNext() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    send(new byte[10]);
    int unreadable = out.intValue();

    try (SocketTransfers.Transfer transfer = splice.into(file)) {
      assertThat(transfer.lift(unreadable, 10)).isZero();
      assertThat(transfer.lift(in.intValue(), 10)).isEqualTo(10);
    }
  }

  @Test
  void noDescriptorIsLeftOpen() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    splice.into(file).close(); // whatever is kept for later is there now
    long before = descriptors();

    for (int i = 0; i < 100; i++) {
      send(new byte[10]);
      try (SocketTransfers.Transfer transfer = splice.into(file)) {
        transfer.lift(in.intValue(), 10);
        if (i % 2 == 0) {
          transfer.lower(0);
        }
      }
    }

    assertThat(descriptors()).isLessThan(before + 10);
  }

  private void send(byte[] bytes) throws IOException {
    assertThat(
            out.write(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip(), 0, bytes.length))
        .isEqualTo(bytes.length);
  }

  private static long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
