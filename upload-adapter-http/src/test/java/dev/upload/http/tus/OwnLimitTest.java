package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.SignedUrlsOnly;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** OPTIONS promises nobody a larger upload than a creation would allow. */
@MicronautTest
@Property(name = SignedUrlsOnly.PROPERTY, value = "true")
class OwnLimitTest {

  @Inject EmbeddedServer server;

  @Test
  void whoHasASignedUrlIsToldItsLimit() throws Exception {
    assertThat(maxSize(SignedUrlsOnly.permission("0123456789abcdef"))).isEqualTo("1000");
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
