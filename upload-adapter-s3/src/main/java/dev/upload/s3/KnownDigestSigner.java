package dev.upload.s3;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs bodies whose digest is known already, or not wanted: over plain HTTP the SDK would read
 * them once more for it, or sign and copy them block by block on their way. All other requests are
 * signed by the SDK.
 */
final class KnownDigestSigner implements HttpSigner<AwsCredentialsIdentity> {

  private final AwsV4HttpSigner others = AwsV4HttpSigner.create();

  /** Says in {@code request} what the signature is to say of the body. */
  static void tell(AwsRequest.Builder request, String digest) {
    request.overrideConfiguration(change -> change.putHeader(SignatureV4.DIGEST, digest));
  }

  @Override
  public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
    if (request.request().firstMatchingHeader(SignatureV4.DIGEST).isEmpty()) {
      return others.sign(request);
    }
    Clock clock = request.requireProperty(SIGNING_CLOCK, Clock.systemUTC());
    SignatureV4 signature =
        new SignatureV4(
            request.identity(),
            request.requireProperty(AwsV4HttpSigner.REGION_NAME),
            request.requireProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME));
    SdkHttpRequest signed = signature.on(request.request(), clock.instant());
    SignedRequest.Builder answer = SignedRequest.builder().request(signed);
    request.payload().ifPresent(answer::payload);
    return answer.build();
  }

  @Override
  public CompletableFuture<AsyncSignedRequest> signAsync(
      AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
    return others.signAsync(request);
  }
}
