package dev.upload.s3;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Version 4 of AWS's signatures, of a request to S3 whose header {@value #DIGEST} says what the
 * digest of its body is, or {@value #UNSIGNED}.
 */
record SignatureV4(AwsCredentialsIdentity identity, String region, String service) {

  static final String DIGEST = "x-amz-content-sha256";

  /** In the digest's place: the signature does not cover the body. */
  static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String HMAC = "HmacSHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** As the SDK has it. */
  private static final Set<String> CHANGED_ON_THE_WAY =
      Set.of("connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id");

  private static final int DATE_LENGTH = "uuuuMMdd".length();

  /** Returns {@code request} with the headers that sign it as of {@code now}. */
  SdkHttpRequest on(SdkHttpRequest request, Instant now) {
    String time = TIME.format(now);
    String scope =
        "%s/%s/%s/aws4_request".formatted(time.substring(0, DATE_LENGTH), region, service);
    SdkHttpRequest.Builder signed = request.toBuilder();
    signed.putHeader("Host", host(request)).putHeader("X-Amz-Date", time);
    if (identity instanceof AwsSessionCredentialsIdentity session) {
      signed.putHeader("X-Amz-Security-Token", session.sessionToken());
    }
    SortedMap<String, String> headers = headers(signed.build());
    String names = String.join(";", headers.keySet());
    String toSign =
        String.join("\n", ALGORITHM, time, scope, Sha256.of(bytes(canonical(request, headers))));
    String signature = HexFormat.of().formatHex(hmac(key(time.substring(0, DATE_LENGTH)), toSign));
    return signed
        .putHeader(
            "Authorization",
            "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(ALGORITHM, identity.accessKeyId(), scope, names, signature))
        .build();
  }

  /** As the client spells it, which leaves the scheme's own port out. */
  private static String host(SdkHttpRequest request) {
    return SdkHttpUtils.isUsingStandardPort(request.protocol(), request.port())
        ? request.host()
        : request.host() + ":" + request.port();
  }

  /** Returns what is signed of the headers. */
  private static SortedMap<String, String> headers(SdkHttpRequest request) {
    SortedMap<String, String> headers = new TreeMap<>();
    request.forEachHeader(
        (header, values) -> {
          String name = header.toLowerCase(Locale.ROOT);
          if (!CHANGED_ON_THE_WAY.contains(name)) {
            headers.put(
                name, values.stream().map(SignatureV4::trimmed).collect(Collectors.joining(",")));
          }
        });
    return headers;
  }

  private static String trimmed(String value) {
    return value.strip().replaceAll(" +", " ");
  }

  private static String canonical(SdkHttpRequest request, SortedMap<String, String> headers) {
    StringBuilder lines = new StringBuilder();
    lines.append(request.method()).append('\n');
    lines.append(request.encodedPath()).append('\n');
    lines.append(query(request)).append('\n');
    headers.forEach((name, value) -> lines.append(name).append(':').append(value).append('\n'));
    lines.append('\n').append(String.join(";", headers.keySet())).append('\n');
    return lines.append(headers.get(DIGEST)).toString();
  }

  private static String query(SdkHttpRequest request) {
    List<String> pairs = new ArrayList<>();
    request.forEachRawQueryParameter(
        (name, values) -> {
          for (String value : values) {
            pairs.add(encoded(name) + "=" + (value == null ? "" : encoded(value)));
          }
        });
    pairs.sort(null);
    return String.join("&", pairs);
  }

  private static String encoded(String text) {
    return SdkHttpUtils.urlEncode(text);
  }

  private byte[] key(String date) {
    byte[] key = hmac(bytes("AWS4" + identity.secretAccessKey()), date);
    return hmac(hmac(hmac(key, region), service), "aws4_request");
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
