package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadScope;
import dev.upload.http.RequesterResolver;
import dev.upload.http.TestBeans;
import dev.upload.http.auth.Gate;
import dev.upload.http.auth.SignedUrls;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** OPTIONS promises nobody a larger upload than a creation would allow. */
@MicronautTest
@Property(name = "test.tus-signed", value = "true")
class OwnLimitTest {

  private static final SignedUrls SIGNED =
      new SignedUrls(
          "a key of 32 bytes, or a few more", () -> Instant.parse("2026-01-02T03:04:05Z"));

  @Inject EmbeddedServer server;

  /** A server that knows nobody but holders of signed URLs. */
  @Factory
  @Requires(property = "test.tus-signed")
  static final class Signed {
    @Singleton
    @Replaces(value = RequesterResolver.class, factory = TestBeans.class)
    RequesterResolver requesters() {
      return new Gate(List.of(SIGNED), false, Map.of());
    }
  }

  @Test
  void whoHasASignedUrlIsToldItsLimit() throws Exception {
    UploadScope.Single one = new UploadScope.Single(new UploadId("0123456789abcdef"), 1_000);
    String token = SIGNED.token(new Owner("zoe"), one, Instant.parse("2026-01-03T00:00:00Z"));

    assertThat(maxSize("?" + SignedUrls.PARAMETER + "=" + token)).isEqualTo("1000");
  }

  @Test
  void whoeverNobodyKnowsIsToldWhatHoldsForEverybody() throws Exception {
    assertThat(maxSize("")).isEqualTo("107374182400");
  }

  private String maxSize(String query) throws Exception {
    HttpResponse<byte[]> answer =
        new TusClient(server).plain("OPTIONS", TusClient.ENDPOINT + query, BodyPublishers.noBody());
    assertThat(answer.statusCode()).isEqualTo(204);
    return header(answer, "Tus-Max-Size");
  }
}
