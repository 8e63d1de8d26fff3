package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.StorageUnavailableException;
import dev.upload.s3.FaultyWire.Fate;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bytes that change on their way to a store that compares checksums, where signatures leave them
 * out.
 */
class ChangedBytesTest {

  private static final int MIB = 1 << 20;

  private static S3MockProcess server;
  private static int buckets;

  private FaultyWire wire;
  private Opened opened;
  private S3ChunkStore store;

  @BeforeAll
  static void start() throws IOException {
    server = S3MockProcess.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws IOException {
    wire = new FaultyWire(server.plainEndpoint());
    String bucket = "changed-" + ++buckets;
    server.newBucket(bucket).client().close();
    opened =
        Opened.on(
            S3Config.bucket(bucket)
                .endpoint(wire.endpoint())
                .pathStyle(true)
                .credentials("any", "body")
                .signBodies(false)
                .build());
    store = opened.store();
  }

  @AfterEach
  void close() throws IOException {
    opened.client().close();
    wire.close();
  }

  /** A part, a fragment, a part of fragments, and a file that is put in one request. */
  @ParameterizedTest
  @CsvSource({"12, 5, partNumber=1", "12, 3, /fragments/", "12, 3, partNumber=1", "3, 2, alle.bin"})
  void areRefusedAndMayBeSentAgain(int mebibytes, int chunkMebibytes, String request) {
    Rehearsal upload = Rehearsal.ofGrid(store, mebibytes * MIB, chunkMebibytes * MIB);
    wire.fail(1, request, Fate.BIT_FLIPPED);

    assertThatThrownBy(() -> upload.writeAll().assemble())
        .isInstanceOfSatisfying(
            StorageUnavailableException.class, e -> assertThat(e.bytesLost()).isFalse())
        .hasMessageContaining("x-amz-checksum-crc32c");

    assertThat(opened.stages().freeMemoryBytes()).isEqualTo(opened.config().bufferBytes());
    upload.writeAll().assemble().assertReadsBack();
  }
}
