package dev.upload.http.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.simple.SimpleHttpHeaders;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests in headers, as RFC 9530 has them. */
class DigestFieldsTest {

  /** Of {@code {"hello": "world"}} and a line feed: the first example of the RFC's appendix. */
  private static final String SHA_256 = "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=";

  private static final Digest EXAMPLE =
      new Digest(DigestAlgorithm.SHA256, Base64.getDecoder().decode(SHA_256));

  @ParameterizedTest
  @ValueSource(strings = {DigestFields.CONTENT, DigestFields.REPRESENTATION})
  void aDigestIsRead(String field) {
    assertThat(DigestFields.digests(headers(field, "sha-256=:" + SHA_256 + ":"), field))
        .containsExactly(EXAMPLE);
  }

  @Test
  void ofSeveralTheKnownOnesAreRead() {
    byte[] long512 = HexFormat.of().parseHex("ab".repeat(64));
    List<String> lines =
        List.of(
            "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:, sha-256=:" + SHA_256 + ":;note=1",
            "sha-512=:" + Base64.getEncoder().encodeToString(long512) + ":, crc32c=\"what\"");

    assertThat(DigestFields.digests(lines))
        .containsExactlyInAnyOrder(EXAMPLE, new Digest(DigestAlgorithm.SHA512, long512));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:",
        "sha-256",
        "sha-256=" + SHA_256,
        "sha-256=\"" + SHA_256 + "\"",
        "SHA-256=:" + SHA_256 + ":",
        "sha-256=:" + SHA_256 + ":,",
        "sha-256=:" + SHA_256 + ":, sha-512=1"
      })
  void aFieldThatHasNoneOrCannotBeReadIsAbsent(String value) {
    assertThat(DigestFields.digests(List.of(value))).isEmpty();
  }

  @Test
  void aDigestThatNoBytesHaveIsRefused() {
    assertThatThrownBy(() -> DigestFields.digests(List.of("sha-256=:AQID:")))
        .isInstanceOfSatisfying(
            UploadRejectedException.class,
            refused ->
                assertThat(refused.rejection())
                    .isEqualTo(new Rejection.DigestMismatch(DigestAlgorithm.SHA256)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sha-256=1                    | SHA256",
        "sha-256=3, sha-512=10        | SHA512,SHA256",
        "sha-512=3, sha-256=10, md5=9 | SHA256,SHA512",
        "sha-512=0, sha-256=5         | SHA256"
      })
  void wishesAreReadInTheirOrder(String value, String algorithms) {
    assertThat(DigestFields.wanted(headers(DigestFields.WANTED, value)).toString())
        .isEqualTo("[" + algorithms.replace(",", ", ") + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha-256=0",
        "md5=5",
        "sha-256",
        "sha-256=11",
        "sha-256=-1",
        "sha-512=5, sha-256=?1"
      })
  void whoWantsNothingThatIsKnownGetsNothing(String value) {
    assertThat(DigestFields.wanted(headers(DigestFields.WANTED, value))).isEmpty();
  }

  @Test
  void digestsAreWrittenAsTheyAreRead() {
    Digest md5 = new Digest(DigestAlgorithm.MD5, new byte[16]);

    assertThat(DigestFields.format(List.of(md5, EXAMPLE))).contains("sha-256=:" + SHA_256 + ":");
    assertThat(DigestFields.format(List.of(md5))).isEmpty();
  }

  private static HttpHeaders headers(String name, String value) {
    return new SimpleHttpHeaders(Map.of(name, value), ConversionService.SHARED);
  }
}
