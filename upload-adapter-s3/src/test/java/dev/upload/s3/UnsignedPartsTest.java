package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** What requests over plain HTTP say where signatures are to leave out the bytes of uploads. */
class UnsignedPartsTest {

  private static final int MIB = 1 << 20;

  private final Queue<String> heads = new ConcurrentLinkedQueue<>();
  private FaultyWire wire;

  @BeforeEach
  void listen() throws IOException {
    wire = new FaultyWire(EmbeddedS3.shared().endpoint());
    wire.observe(heads::add);
  }

  @AfterEach
  void close() throws IOException {
    wire.close();
  }

  /** A part by itself, parts of fragments, and a file that is put in one request. */
  @ParameterizedTest
  @ValueSource(ints = {5 * MIB, 3 * MIB, 700 * 1024})
  void theySignTheHeadAndTheChecksumInIt(int chunkSize) {
    byte[] whole = Bytes.random(chunkSize < MIB ? MIB : 12 * MIB + 3, 1);

    upload(config().signBodies(false), whole, chunkSize);

    assertThat(puts(head -> !isRecord(head)))
        .isNotEmpty()
        .allSatisfy(
            head -> {
              assertThat(header(head, "x-amz-content-sha256")).isEqualTo("UNSIGNED-PAYLOAD");
              assertThat(header(head, "x-amz-checksum-crc32c")).hasSize("AAAAAA==".length());
              assertThat(header(head, "authorization"))
                  .containsPattern("SignedHeaders=.*;x-amz-checksum-crc32c;x-amz-content-sha256;");
            });
  }

  @Test
  void theySayTheChecksumOfTheirBytes() {
    byte[] whole = Bytes.random(12 * MIB + 3, 1);

    upload(config().signBodies(false), whole, 5 * MIB);

    assertThat(puts(head -> head.contains("partNumber=1")))
        .singleElement()
        .extracting(head -> header(head, "x-amz-checksum-crc32c"))
        .isEqualTo(Crc32c.of(Arrays.copyOf(whole, 5 * MIB)).base64());
  }

  @Test
  void recordsAreSignedAsEver() {
    upload(config().signBodies(false), Bytes.random(MIB, 1), 700 * 1024);

    assertThat(puts(UnsignedPartsTest::isRecord))
        .isNotEmpty()
        .noneMatch(head -> header(head, "x-amz-content-sha256").contains("UNSIGNED"));
  }

  @Test
  void byDefaultEverythingIsSigned() {
    byte[] whole = Bytes.random(12 * MIB + 3, 1);

    upload(config(), whole, 5 * MIB);

    assertThat(puts(head -> true)).noneMatch(head -> head.contains("UNSIGNED"));
    assertThat(puts(head -> head.contains("partNumber=1")))
        .singleElement()
        .extracting(head -> header(head, "x-amz-content-sha256"))
        .isEqualTo(Sha256.of(Arrays.copyOf(whole, 5 * MIB)));
  }

  @Test
  void nothingIsDigestedWhileBytesCome() throws IOException {
    for (S3Config.Builder kept :
        new S3Config.Builder[] {config().bufferBytes(64 * MIB), config().bufferBytes(0)}) {
      try (Stage stage = new Stages(kept.signBodies(false).build()).open(1)) {
        stage.append(ByteBuffer.wrap(new byte[1]));

        assertThat(stage.sha256()).isEmpty();
        assertThat(stage.checksum()).isEqualTo(Crc32c.of(new byte[1]));
      }
    }
  }

  /** There the SDK leaves bodies out by itself. */
  @Test
  void overHttpsNothingChanges() {
    S3Config https =
        config().endpoint(URI.create("https://store.example")).signBodies(false).build();
    S3Config aws = S3Config.bucket("bucket").signBodies(false).build();

    for (S3Config config : new S3Config[] {https, aws}) {
      try (S3Client client = S3Uploads.client(config)) {
        assertThat(S3Bucket.of(client, config).digest(Content.of(new byte[1]))).isEmpty();
      }
    }
  }

  @Test
  void withoutChecksumsTheyAreRefused() {
    S3Config.Builder unguarded = config().portable(true).signBodies(false);

    assertThatThrownBy(unguarded::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signBodies")
        .hasMessageContaining("portable");
  }

  private static S3Config.Builder config() {
    return EmbeddedS3.shared().newBucket();
  }

  /** Sends a file by the real use cases, through the wire, and reads it back. */
  private void upload(S3Config.Builder config, byte[] whole, int chunkSize) {
    try (S3Uploads storage = S3Uploads.open(config.endpoint(wire.endpoint()).build())) {
      Uploads uploads = Uploads.over(storage.store(), storage.sessions()).build();
      UploadDeclaration declaration = Sessions.grid(whole.length, chunkSize);
      uploads.create(declaration);
      ChunkGrid grid = (ChunkGrid) declaration.policy();
      for (int i = 0; i < grid.count(); i++) {
        ByteRange cell = grid.cell(i);
        uploads.receive(declaration.id(), Chunk.filling(cell), Bytes.body(whole, cell));
      }
      ByteRange everything = ByteRange.at(0, whole.length);
      assertThat(
              Bytes.drain(
                  uploads.read(uploads.describe(declaration.id()).orElseThrow(), everything)))
          .isEqualTo(whole);
    }
  }

  private List<String> puts(Predicate<String> wanted) {
    return heads.stream().filter(head -> head.startsWith("PUT ")).filter(wanted).toList();
  }

  private static boolean isRecord(String head) {
    return head.lines().findFirst().orElseThrow().contains("/sessions/");
  }

  private static String header(String head, String name) {
    String start = name + ":";
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElse("none");
  }
}
