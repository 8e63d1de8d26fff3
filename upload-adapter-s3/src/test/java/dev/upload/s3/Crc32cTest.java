package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Crc32cTest {

  @Test
  void isTheChecksumThatEverybodyElseCallsCrc32c() {
    Crc32c checksum = Crc32c.of("123456789".getBytes(StandardCharsets.US_ASCII));

    assertThat(checksum.hex()).isEqualTo("e3069283");
    assertThat(checksum.base64()).isEqualTo("4waSgw==");
  }

  @Property(tries = 300)
  void theChecksumsOfNeighboursJoinIntoThatOfBoth(
      @ForAll byte[] bytes, @ForAll @IntRange(max = 1_000) int cut) {
    int at = Math.min(cut, bytes.length);
    Crc32c left = Crc32c.of(Arrays.copyOf(bytes, at));
    Crc32c right = Crc32c.of(Arrays.copyOfRange(bytes, at, bytes.length));

    assertThat(left.then(right)).isEqualTo(Crc32c.of(bytes));
  }

  @Test
  void joinsLongBytes() {
    byte[] bytes = new byte[9 << 20];
    Arrays.fill(bytes, (byte) 0x5A);
    Crc32c left = Crc32c.of(Arrays.copyOf(bytes, 5 << 20));
    Crc32c right = Crc32c.of(Arrays.copyOfRange(bytes, 5 << 20, bytes.length));

    assertThat(left.then(right)).isEqualTo(Crc32c.of(bytes));
  }

  @Test
  void isReadAsItWasWritten() {
    Crc32c checksum = Crc32c.of(new byte[] {1, 2, 3});

    assertThat(Crc32c.ofHex(checksum.hex(), 3)).isEqualTo(checksum);
  }
}
