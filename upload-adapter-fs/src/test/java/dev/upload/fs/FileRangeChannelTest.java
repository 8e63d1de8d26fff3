package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.testing.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRangeChannelTest {

  @TempDir Path root;

  private final byte[] bytes = Bytes.random(1_000, 1);

  @Test
  void saysWhereItsNextByteLiesForThoseWhoSendTheFileThemselves() throws IOException {
    try (FileRangeChannel channel = open(new ByteRange(300, 900))) {
      assertThat(channel.read(ByteBuffer.allocate(100))).isEqualTo(100);

      assertThat(channel.position()).isEqualTo(400);
      assertThat(channel.remaining()).isEqualTo(500);
      assertThat(channel.file().size()).isEqualTo(1_000);
    }
  }

  @Test
  void endsWhereTheRangeDoesAndLeavesTheBuffersLimitAlone() throws IOException {
    try (FileRangeChannel channel = open(new ByteRange(990, 995))) {
      ByteBuffer buffer = ByteBuffer.allocate(100);

      assertThat(channel.read(buffer)).isEqualTo(5);
      assertThat(buffer.remaining()).isEqualTo(95);
      assertThat(channel.read(buffer)).isEqualTo(-1);
    }
  }

  @Test
  void failsWhereTheFileHasBecomeShorter() throws IOException {
    try (FileRangeChannel channel = open(new ByteRange(990, 1_001))) {
      assertThatThrownBy(() -> Bytes.drain(channel)).hasRootCauseInstanceOf(EOFException.class);
      assertThat(channel.isOpen()).isFalse();
    }
  }

  private FileRangeChannel open(ByteRange range) throws IOException {
    Path path = Files.write(root.resolve("file"), bytes);
    return new FileRangeChannel(FileChannel.open(path, StandardOpenOption.READ), range);
  }
}
