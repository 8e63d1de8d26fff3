package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** The SDK, which reads the whole body for it, signs the same. */
class SignatureV4Test {

  private static final Instant NOW = Instant.parse("2026-11-23T20:59:58Z");
  private static final byte[] BODY = "what is signed".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9000/bucket/id/name.txt",
        "http://store.example/bucket/name%20with%20blanks%2Band%20plus",
        "https://bucket.store.example/%C3%A4%20%E2%82%AC/a~b%27c%28d%29",
        "http://store.example:80/bucket/a//b/../c",
        "http://store.example:8080/bucket/id/x?uploadId=a%2Fb%3D&partNumber=17",
        "http://store.example:8080/bucket/?delete"
      })
  void isWhatTheSdkCalculates(String uri) {
    AwsCredentialsIdentity keys = AwsCredentialsIdentity.create("access", "secret");

    assertThat(ours(uri, keys)).isEqualTo(ofTheSdk(uri, keys));
  }

  @ParameterizedTest
  @ValueSource(strings = "http://store.example/bucket/name")
  void coversTheTokenOfASession(String uri) {
    AwsCredentialsIdentity keys =
        AwsSessionCredentialsIdentity.create("access", "secret", "token/of+session=");

    assertThat(ours(uri, keys)).isEqualTo(ofTheSdk(uri, keys)).contains("x-amz-security-token");
  }

  private static String ours(String uri, AwsCredentialsIdentity keys) {
    SdkHttpRequest request =
        request(uri).toBuilder().putHeader("x-amz-content-sha256", Sha256.of(BODY)).build();
    SdkHttpRequest signed = new SignatureV4(keys, "eu-north-1", "s3").on(request, NOW);
    return signed.firstMatchingHeader("Authorization").orElseThrow();
  }

  private static String ofTheSdk(String uri, AwsCredentialsIdentity keys) {
    return AwsV4HttpSigner.create()
        .sign(
            request ->
                request
                    .identity(keys)
                    .request(request(uri))
                    .payload(ContentStreamProvider.fromByteArray(BODY))
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-north-1")
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                    .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                    .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC)))
        .request()
        .firstMatchingHeader("Authorization")
        .orElseThrow();
  }

  private static SdkHttpRequest request(String uri) {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.PUT)
        .uri(URI.create(uri))
        .putHeader("Content-Type", "application/octet-stream")
        .putHeader("x-amz-checksum-crc32c", "  AAAA   AA== ")
        .putHeader("Content-Disposition", "attachment; filename=\"a  b\"")
        .putHeader("Content-Length", Integer.toString(BODY.length))
        .putHeader("User-Agent", "changes on its way")
        .putHeader("amz-sdk-request", "attempt=1; max=4")
        .build();
  }
}
