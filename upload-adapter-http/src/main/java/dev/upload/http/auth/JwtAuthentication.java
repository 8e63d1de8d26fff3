package dev.upload.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.upload.core.model.Owner;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadRejectedException;
import io.micronaut.http.HttpRequest;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signed tokens of an identity provider (RFC 7519, RFC 9068), whose keys come from its JWKS. Only
 * signatures by private keys are believed; issuer, audience and expiry have to be there and right.
 */
public final class JwtAuthentication implements Authentication {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int MAX_KEY_SET_BYTES = 256 * 1024;

  /** How long known keys are believed where the provider does not answer. */
  private static final Duration OUTAGE = Duration.ofHours(4);

  private static final String CHALLENGE = "Bearer realm=\"upload\"";

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final String ownerClaim;

  /**
   * @param ownerClaim whose value is the owner's name
   */
  public JwtAuthentication(URL jwks, String issuer, String audience, String ownerClaim) {
    this.ownerClaim = ownerClaim;
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            Set.of(
                JWSAlgorithm.RS256,
                JWSAlgorithm.RS384,
                JWSAlgorithm.RS512,
                JWSAlgorithm.PS256,
                JWSAlgorithm.PS384,
                JWSAlgorithm.PS512,
                JWSAlgorithm.ES256,
                JWSAlgorithm.ES384,
                JWSAlgorithm.ES512),
            keys(jwks)));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            audience,
            new JWTClaimsSet.Builder().issuer(issuer).build(),
            Set.of("exp", ownerClaim)));
  }

  private static JWKSource<SecurityContext> keys(URL jwks) {
    return JWKSourceBuilder.<SecurityContext>create(
            jwks, new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_KEY_SET_BYTES))
        .refreshAheadCache(false)
        .retrying(true)
        .outageTolerant(OUTAGE.toMillis())
        .build();
  }

  @Override
  public Optional<Requester> requester(HttpRequest<?> request) {
    return BearerAuthentication.token(request).map(this::verified);
  }

  private Requester verified(String token) {
    try {
      return Requester.of(owner(processor.process(token, null)));
    } catch (RateLimitReachedException e) {
      throw unauthenticated(); // its key is none of those that were fetched a moment ago
    } catch (KeySourceException e) {
      throw new UploadRejectedException(
          new Rejection.Throttled("The keys of the identity provider cannot be had now."));
    } catch (BadJOSEException | JOSEException | ParseException | IllegalArgumentException e) {
      throw unauthenticated();
    }
  }

  private Owner owner(JWTClaimsSet claims) throws ParseException {
    @Nullable String name = claims.getStringClaim(ownerClaim);
    return new Owner(name == null ? "" : name);
  }

  private static UploadRejectedException unauthenticated() {
    return new UploadRejectedException(new Rejection.Unauthenticated());
  }

  @Override
  public Optional<String> challenge() {
    return Optional.of(CHALLENGE);
  }
}
