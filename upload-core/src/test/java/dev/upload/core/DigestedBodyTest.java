package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.Chunk;
import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestedBodyTest extends UploadsFixture {

  /** Published values for the nine characters that checksums are tested with. */
  @ParameterizedTest
  @CsvSource({
    "CRC32,cbf43926",
    "CRC32C,e3069283",
    "MD5,25f9e794323b453885f5181f1b624d0b",
    "SHA1,f7c3bc1d808e04732adf679965ccc34ca7ae3441",
    "SHA256,15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
  })
  void digestsAreWhatTheWorldSaysTheyAre(DigestAlgorithm algorithm, String hex) {
    DigestCalculation calculation = DigestCalculation.of(algorithm);

    calculation.update(ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII)));

    assertThat(calculation.digest()).isEqualTo(new Digest(algorithm, HexFormat.of().parseHex(hex)));
  }

  @Test
  void aBodyWithTheRightDigestCounts() {
    UploadId id = uploads.create(Sessions.append(1_000)).id();

    UploadSession session = receive(id, Bytes.body(whole), sha256(whole));

    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void ofABodyWithAnotherDigestNothingCounts() {
    UploadId id = uploads.create(Sessions.append(1_000)).id();

    assertRejected(
        () -> receive(id, Bytes.body(whole), sha256(Bytes.random(1_000, 2))),
        new Rejection.DigestMismatch(DigestAlgorithm.SHA256));

    assertThat(uploads.describe(id).orElseThrow().offset()).isZero();
  }

  @Test
  void ofABodyThatBrokeOffNothingCounts() {
    UploadId id = uploads.create(Sessions.append(1_000)).id();

    assertRejected(
        () -> receive(id, Bytes.brokenBody(whole, 400), sha256(whole)),
        new Rejection.Interrupted(401, 400));

    assertThat(uploads.describe(id).orElseThrow().offset()).isZero();
  }

  @Test
  void theDigestMayBeOfAnyOfSeveralAlgorithms() {
    UploadId id = uploads.create(Sessions.append(1_000)).id();
    Set<DigestAlgorithm> all = EnumSet.allOf(DigestAlgorithm.class);
    Digest digest = sha256(whole);

    UploadSession session =
        uploads.receive(
            id,
            Chunk.openEnded(0),
            new DigestedBody(Bytes.body(whole), all, () -> List.of(digest)));

    assertThat(session.isFull()).isTrue();
  }

  private UploadSession receive(UploadId id, ChunkBody body, Digest digest) {
    return uploads.receive(
        id,
        Chunk.openEnded(0),
        new DigestedBody(body, Set.of(DigestAlgorithm.SHA256), () -> List.of(digest)));
  }

  private static Digest sha256(byte[] bytes) {
    DigestCalculation calculation = DigestCalculation.of(DigestAlgorithm.SHA256);
    calculation.update(ByteBuffer.wrap(bytes));
    return calculation.digest();
  }
}
