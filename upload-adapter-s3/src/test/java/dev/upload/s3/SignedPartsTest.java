package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Parts over plain HTTP, whose signatures cover their bytes. */
class SignedPartsTest {

  private static final int MIB = 1 << 20;

  private final byte[] bytes = Bytes.random(5 * MIB + 3, 1);
  private final S3Config config = EmbeddedS3.shared().newBucket().build();
  private Opened opened;
  private Multipart upload;

  /** Content of which somebody claims a digest. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Claimed(byte[] bytes, String digest) implements Content {
    @Override
    public Crc32c checksum() {
      return Crc32c.of(bytes);
    }

    @Override
    public Optional<String> sha256() {
      return Optional.of(digest);
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  @BeforeEach
  void open() {
    opened = Opened.on(config);
    upload =
        Multipart.create(
            opened.bucket(), "key ä", ObjectHeaders.of(Sessions.open(Sessions.append(1)), "nonce"));
  }

  @AfterEach
  void close() {
    opened.client().close();
  }

  @Test
  void areTakenWithTheDigestThatIsKnownOfThem() {
    StoredPart part = upload.upload(1, new Claimed(bytes, Sha256.of(bytes)));

    assertThat(part.checksum().length()).isEqualTo(bytes.length);
  }

  @Test
  void areRefusedIfTheyHaveAnother() {
    Content other = new Claimed(bytes, Sha256.of(new byte[1]));

    assertThatThrownBy(() -> upload.upload(1, other)).isInstanceOf(S3Exception.class);
  }

  @Test
  void haveTheirDigestWhenTheyHaveCome() throws IOException {
    for (S3Config.Builder kept :
        new S3Config.Builder[] {config().bufferBytes(64 * MIB), config().bufferBytes(0)}) {
      try (Stage stage = new Stages(kept.build()).open(bytes.length)) {
        stage.append(ByteBuffer.wrap(bytes, 0, 1_000));
        stage.append(ByteBuffer.wrap(bytes, 1_000, bytes.length - 1_000));

        assertThat(stage.sha256()).contains(Sha256.of(bytes));
        assertThat(stage.sha256()).contains(Sha256.of(bytes));
      }
    }
  }

  @Test
  void areNotDigestedWhereTheConnectionProtectsThem() throws IOException {
    S3Config https = config().endpoint(URI.create("https://store.example")).build();
    S3Config aws = S3Config.bucket("bucket").build();

    try (Stage one = new Stages(https).open(1);
        Stage other = new Stages(aws).open(1)) {
      assertThat(one.sha256()).isEmpty();
      assertThat(other.sha256()).isEmpty();
    }
  }

  private static S3Config.Builder config() {
    return EmbeddedS3.shared().config("bucket");
  }
}
