package dev.upload.http;

import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadScope;
import dev.upload.http.auth.Gate;
import dev.upload.http.auth.SignedUrls;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A server that knows nobody but holders of signed URLs. */
@Factory
@Requires(property = SignedUrlsOnly.PROPERTY)
public final class SignedUrlsOnly {

  /** Of a test that wants such a server. */
  public static final String PROPERTY = "test.signed";

  private static final SignedUrls SIGNED =
      new SignedUrls(
          "a key of 32 bytes, or a few more", () -> Instant.parse("2026-01-02T03:04:05Z"));

  @Singleton
  @Replaces(value = RequesterResolver.class, factory = TestBeans.class)
  RequesterResolver requesters() {
    return new Gate(List.of(SIGNED), false, Map.of());
  }

  /** Returns the query that permits to make one upload of at most a thousand bytes. */
  public static String permission(String id) {
    UploadScope.Single one = new UploadScope.Single(new UploadId(id), 1_000);
    String token = SIGNED.token(new Owner("zoe"), one, Instant.parse("2026-01-03T00:00:00Z"));
    return "?" + SignedUrls.PARAMETER + "=" + token;
  }
}
