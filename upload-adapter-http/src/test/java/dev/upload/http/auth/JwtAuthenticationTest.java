package dev.upload.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.upload.core.model.Owner;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import io.micronaut.http.HttpRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens of a provider that runs here, with its keys at a URL. */
class JwtAuthenticationTest {

  private static final String ISSUER = "https://issuer.example";
  private static final String AUDIENCE = "upload";

  private final RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
  private final ECKey elliptic = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
  private final HttpServer provider =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private volatile JWKSet published = new JWKSet(List.of(rsa, elliptic));
  private final JwtAuthentication jwt;

  JwtAuthenticationTest() throws IOException, JOSEException {
    provider.createContext(
        "/keys",
        exchange -> {
          byte[] keys = published.toPublicJWKSet().toString().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/jwk-set+json");
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    provider.start();
    jwt = new JwtAuthentication(url(), ISSUER, AUDIENCE, "sub");
  }

  private URL url() throws IOException {
    return URI.create("http://127.0.0.1:%d/keys".formatted(provider.getAddress().getPort()))
        .toURL();
  }

  @AfterEach
  void stop() {
    provider.stop(0);
  }

  @Test
  void aTokenOfTheProviderIsItsSubjects() throws Exception {
    assertThat(owner(signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa), claims().build())))
        .isEqualTo(new Owner("alice"));
    assertThat(owner(signed(JWSAlgorithm.ES256, "ec", new ECDSASigner(elliptic), claims().build())))
        .isEqualTo(new Owner("alice"));
  }

  @Test
  void anotherClaimCanNameTheOwner() throws Exception {
    JwtAuthentication byMail = new JwtAuthentication(url(), ISSUER, AUDIENCE, "email");
    String token = token(claims().claim("email", "alice@example.com").build());

    assertThat(byMail.requester(bearer(token)).orElseThrow().owner())
        .isEqualTo(new Owner("alice@example.com"));
    assertRefused(byMail, token(claims().build()));
  }

  @Test
  void aTokenThatIsNotForThisServerIsRefused() throws Exception {
    assertRefused(jwt, token(claims().issuer("https://other.example").build()));
    assertRefused(jwt, token(claims().audience("mail").build()));
    assertRefused(jwt, token(claims().audience((String) null).build()));
    assertRefused(jwt, token(claims().subject(null).build()));
    assertRefused(jwt, token(claims().subject("").build()));
    assertRefused(jwt, token(claims().subject("x".repeat(257)).build()));
  }

  @Test
  void aTokenHasItsTime() throws Exception {
    assertRefused(jwt, token(claims().expirationTime(in(-120)).build()));
    assertRefused(jwt, token(claims().expirationTime(null).build()));
    assertRefused(jwt, token(claims().notBeforeTime(in(120)).build()));
  }

  @Test
  void aTokenThatTheProviderDidNotSignIsRefused() throws Exception {
    RSAKey other = new RSAKeyGenerator(2048).keyID("rsa").generate();
    byte[] publicKey = rsa.toRSAPublicKey().getEncoded();

    assertRefused(
        jwt, signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(other), claims().build()));
    assertRefused(
        jwt, signed(JWSAlgorithm.HS256, "rsa", new MACSigner(publicKey), claims().build()));
    assertRefused(jwt, new PlainJWT(claims().build()).serialize());
    assertRefused(jwt, token(claims().build()) + "x");
    assertRefused(jwt, "no.token.atall");
    assertRefused(jwt, "");
  }

  @Test
  void aKeyThatIsNewIsFetched() throws Exception {
    owner(token(claims().build()));
    RSAKey next = new RSAKeyGenerator(2048).keyID("next").generate();
    published = new JWKSet(next);

    assertThat(owner(signed(JWSAlgorithm.RS256, "next", new RSASSASigner(next), claims().build())))
        .isEqualTo(new Owner("alice"));
  }

  @Test
  void unknownKeysDoNotMakeItAskAgainAndAgain() throws Exception {
    owner(token(claims().build()));
    for (int i = 0; i < 20; i++) {
      RSASSASigner signer = new RSASSASigner(rsa);
      assertRefused(jwt, signed(JWSAlgorithm.RS256, "unknown-" + i, signer, claims().build()));
    }

    assertThat(owner(token(claims().build()))).isEqualTo(new Owner("alice"));
  }

  @Test
  void withoutKeysTheClientIsToldToTryAgain() throws Exception {
    String token = token(claims().build());
    provider.stop(0);

    assertThatThrownBy(() -> jwt.requester(bearer(token)))
        .isInstanceOfSatisfying(
            UploadRejectedException.class,
            e -> assertThat(e.rejection()).isInstanceOf(Rejection.Throttled.class));
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("alice")
        .expirationTime(in(300));
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private String token(JWTClaimsSet claims) throws JOSEException {
    return signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa), claims);
  }

  private static String signed(
      JWSAlgorithm algorithm, String key, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private Owner owner(String token) {
    return jwt.requester(bearer(token)).orElseThrow().owner();
  }

  private static HttpRequest<?> bearer(String token) {
    return HttpRequest.GET("/").header("Authorization", "Bearer " + token);
  }

  private static void assertRefused(JwtAuthentication by, String token) {
    assertThatThrownBy(() -> by.requester(bearer(token)))
        .isInstanceOfSatisfying(
            UploadRejectedException.class,
            e -> assertThat(e.rejection()).isEqualTo(new Rejection.Unauthenticated()));
  }
}
