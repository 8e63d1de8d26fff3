package dev.upload.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.upload.core.model.Owner;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadAction;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadScope;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

  private static final String TOKEN = "a-token-that-nobody-guesses";
  private static final String KEY = "a key of 32 bytes, or a few more";
  private static final UploadId ID = new UploadId("0123456789abcdef");

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final SignedUrls signed = new SignedUrls(KEY, () -> now);

  @ParameterizedTest
  @ValueSource(strings = {"plain", "sha256", "bcrypt"})
  void aPasswordIsKnownHoweverItIsKept(String kept) {
    Gate gate = gate(basic(Map.of("zoë", kept("pass: wörd", kept))));

    for (int time = 0; time < 3; time++) {
      assertThat(gate.requesterOf(basic("zoë", "pass: wörd")))
          .isEqualTo(Requester.of(new Owner("zoë")));
      assertRefused(gate, basic("zoë", "pass: word"));
      assertRefused(gate, basic("zoe", "pass: wörd"));
    }
  }

  private static String kept(String password, String how) {
    return switch (how) {
      case "sha256" -> "sha256:" + Secret.digest(password);
      case "bcrypt" -> BCrypt.withDefaults().hashToString(4, password.toCharArray());
      default -> password;
    };
  }

  @Test
  void aHashOfApachesToolIsUnderstood() {
    String htpasswd = "$2y$05$" + kept("secret", "bcrypt").substring("$2a$04$".length());

    assertThat(Secret.of(htpasswd)).isInstanceOf(Secret.Bcrypt.class);
  }

  @Test
  void aCostlyPasswordIsHashedOnceForManyChunks() {
    String hash = BCrypt.withDefaults().hashToString(12, "secret".toCharArray());
    Gate gate = gate(basic(Map.of("alice", hash)));
    gate.requesterOf(basic("alice", "secret"));

    long start = System.nanoTime();
    for (int chunk = 0; chunk < 1_000; chunk++) {
      gate.requesterOf(basic("alice", "secret"));
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic YWxpY2U=",
        "Bearer c2VjcmV0",
        "alice:secret"
      })
  void credentialsThatAreNoneAreRefused(String header) {
    Gate gate = gate(basic(Map.of("alice", "secret")));

    assertRefused(gate, HttpRequest.GET("/").header("Authorization", header));
  }

  @Test
  void aTokenIsItsOwners() {
    Gate gate =
        gate(
            new BearerAuthentication(
                Map.of("alice", TOKEN + ", sha256:" + Secret.digest("another-token-of-alice"))));

    assertThat(gate.requesterOf(bearer("bearer", TOKEN)).owner()).isEqualTo(new Owner("alice"));
    assertThat(gate.requesterOf(bearer("Bearer", "another-token-of-alice")).owner())
        .isEqualTo(new Owner("alice"));
    assertRefused(gate, bearer("Bearer", TOKEN + "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"short", "sha256:00", "$2y$05$short", "$argon2id$v=19$m=65536,t=3,p=4$x$y"})
  void aSecretThatIsNoneIsRefusedAtOnce(String secret) {
    assertThatThrownBy(() -> new BearerAuthentication(Map.of("alice", secret)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutCredentialsNobodyIsEverybodyOnlyWhereThatIsChosen() {
    BasicAuthentication basic = basic(Map.of("alice", "secret"));

    assertThat(new Gate(List.of(basic), true, Map.of()).requesterOf(HttpRequest.GET("/")))
        .isEqualTo(Requester.ANONYMOUS);
    assertRefused(new Gate(List.of(basic), true, Map.of()), basic("alice", "wrong"));
    assertRefused(new Gate(List.of(basic), false, Map.of()), HttpRequest.GET("/"));
  }

  @Test
  void whereNobodyHasToSayWhoTheyAreCredentialsAreForSomebodyElse() {
    Gate open = new Gate(List.of(), true, Map.of());

    assertThat(open.requesterOf(basic("proxy", "user"))).isEqualTo(Requester.ANONYMOUS);
  }

  @Test
  void anOwnerMayDoWhatTheOperatorPermits() {
    Set<UploadAction> some = EnumSet.of(UploadAction.DESCRIBE);
    Gate gate =
        new Gate(List.of(basic(Map.of("watcher", "secret"))), false, Map.of("watcher", some));

    assertThat(gate.requesterOf(basic("watcher", "secret")).actions()).isEqualTo(some);
  }

  @Test
  void aSignedUrlIsTheRightToOneUpload() {
    String token = signed.token(new Owner("zoë"), single(1_000), now.plusSeconds(60));

    Requester holder = gate(signed).requesterOf(withToken(token));

    assertThat(holder.owner()).isEqualTo(new Owner("zoë"));
    assertThat(holder.scope()).isEqualTo(single(1_000));
    assertThat(holder.actions()).doesNotContain(UploadAction.READ);
  }

  @Test
  void aSignedUrlEnds() {
    String token = signed.token(Owner.ANONYMOUS, single(1_000), now.plusSeconds(60));
    now = now.plusSeconds(60);

    assertForbidden(gate(signed), withToken(token));
  }

  @ParameterizedTest
  @CsvSource({"0, v1, v2", "1, 0, 1", "2, 1, 9", "3, 1000, 9999", "4, YW, YX", "5, '', A"})
  void aSignedUrlThatWasChangedAnywhereIsWorthNothing(int field, String from, String to) {
    String[] fields =
        signed.token(new Owner("anybody"), single(1_000), now.plusSeconds(60)).split("\\.");
    fields[field] = from.isEmpty() ? to + fields[field] : fields[field].replaceFirst(from, to);

    assertForbidden(gate(signed), withToken(String.join(".", fields)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", ".", "......", "v1", "v1.a.b.c.d.e"})
  void whatIsNoTokenIsWorthNothing(String token) {
    assertForbidden(gate(signed), withToken(token));
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatThrownBy(() -> new SignedUrls("too short", () -> now))
        .hasMessageContaining("the least is 32");
  }

  /** What the document's commands print for these values. */
  @Test
  void aTokenIsMadeAsTheDocumentSays() {
    assertThat(signed.token(Owner.ANONYMOUS, single(1_000), Instant.ofEpochSecond(1767323105)))
        .isEqualTo(
            "v1.0123456789abcdef.1767323105.1000.YW5vbnltb3Vz."
                + "mpxF4b5mIiKw2RnyC7zdxUeRDa4K5oRHI8r8OTIkYXE");
  }

  private static UploadScope.Single single(long maxLength) {
    return new UploadScope.Single(ID, maxLength);
  }

  private static Gate gate(Authentication way) {
    return new Gate(List.of(way), false, Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, cross-site, https://evil.example, true",
    "POST, same-site, https://other.app.example, true",
    "POST, cross-site, '', true",
    "DELETE, cross-site, null, true",
    "GET, cross-site, https://evil.example, false",
    "POST, cross-site, https://app.example, false",
    "POST, same-origin, https://evil.example, false",
    "POST, none, '', false",
    "POST, '', https://evil.example, false"
  })
  void whatAPageOfAnotherOriginHadABrowserSendIsForbidden(
      String method, String site, String origin, boolean forbidden) {
    Gate gate =
        gate(new BasicAuthentication(Map.of("alice", "secret"), "https://app.example"::equals));
    MutableHttpRequest<?> request =
        HttpRequest.create(HttpMethod.valueOf(method), "/uploads")
            .header("Authorization", authorization("alice", "secret"))
            .header("Origin", origin);
    if (!site.isEmpty()) {
      request.header("Sec-Fetch-Site", site);
    }

    if (forbidden) {
      assertForbidden(gate, request);
    } else {
      assertThat(gate.requesterOf(request).owner()).isEqualTo(new Owner("alice"));
    }
  }

  private static BasicAuthentication basic(Map<String, String> users) {
    return new BasicAuthentication(users, origin -> false);
  }

  private static HttpRequest<?> basic(String name, String password) {
    return HttpRequest.GET("/").header("Authorization", authorization(name, password));
  }

  private static String authorization(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static HttpRequest<?> bearer(String scheme, String token) {
    return HttpRequest.GET("/").header("Authorization", scheme + " " + token);
  }

  private static HttpRequest<?> withToken(String token) {
    return HttpRequest.GET("/files?upload-token=" + token);
  }

  private static void assertRefused(Gate gate, HttpRequest<?> request) {
    assertRejected(gate, request, new Rejection.Unauthenticated());
  }

  private static void assertForbidden(Gate gate, HttpRequest<?> request) {
    assertRejected(gate, request, new Rejection.Forbidden());
  }

  private static void assertRejected(Gate gate, HttpRequest<?> request, Rejection rejection) {
    assertThatThrownBy(() -> gate.requesterOf(request))
        .isInstanceOfSatisfying(
            UploadRejectedException.class, e -> assertThat(e.rejection()).isEqualTo(rejection));
  }
}
