package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.ByteRange;
import dev.upload.core.testing.Bytes;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialObjectTest {

  private static final int LENGTH = (17 << 20) + 3;

  private final byte[] bytes = Bytes.random(LENGTH, LENGTH); // what a rehearsal sends
  private final Opened opened = Opened.on(EmbeddedS3.shared().newBucket().build());

  /** The source has parts of 8 MiB. */
  @ParameterizedTest
  @CsvSource({
    "0,17825795",
    "0,1",
    "0,8388608",
    "8388608,17825795",
    "5,8388607",
    "8388607,8388609",
    "5242880,17825795",
    "17825794,17825795",
    "7,7"
  })
  void knowsTheChecksumOfEveryRange(int start, int end) throws IOException {
    PartialObject object = object();
    ByteRange range = new ByteRange(start, end);

    Crc32c checksum = object.checksum(range);

    assertThat(checksum).isEqualTo(Crc32c.of(Bytes.slice(bytes, range)));
    if (!range.isEmpty()) {
      try (InputStream content = object.content(range).open()) {
        assertThat(Crc32c.of(content)).isEqualTo(checksum);
      }
    }
  }

  private PartialObject object() {
    Rehearsal source = Rehearsal.ofAppend(opened.store(), LENGTH);
    opened.bucket().put("key", Content.of(bytes));
    return new PartialObject(opened.bucket(), "key", source.append(LENGTH).manifest(), LENGTH);
  }
}
