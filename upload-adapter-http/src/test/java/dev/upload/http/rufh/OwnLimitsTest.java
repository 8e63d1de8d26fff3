package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import dev.upload.http.SignedUrlsOnly;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement 3: OPTIONS promises nobody more than a creation would allow them. */
@MicronautTest
@Property(name = SignedUrlsOnly.PROPERTY, value = "true")
class OwnLimitsTest {

  @Inject EmbeddedServer server;

  @Test
  void whoHasASignedUrlIsToldItsLimits() throws Exception {
    String url = "/files" + SignedUrlsOnly.permission("0123456789abcdef");
    RufhClient client = new RufhClient(server);

    HttpResponse<byte[]> asked = client.send("OPTIONS", url, BodyPublishers.noBody());
    HttpResponse<byte[]> begun =
        client.send(
            "POST", url, BodyPublishers.noBody(), "Upload-Length", "100", "Upload-Complete", "?0");

    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(header(asked, "Upload-Limit")).startsWith("max-size=1000,");
    assertThat(header(begun, "Upload-Limit")).startsWith("max-size=1000,");
  }

  @Test
  void whoHasASignedUrlIsToldThemBeforeAByteIsSentAndWhereTheyAreBroken() throws Exception {
    String permission = SignedUrlsOnly.permission("fedcba9876543210");
    String upload = "/files/fedcba9876543210" + permission;
    RufhClient client = new RufhClient(server);

    HttpResponse<byte[]> tooLong =
        client.send(
            "POST",
            "/files" + permission,
            BodyPublishers.noBody(),
            "Upload-Length",
            "1001",
            "Upload-Complete",
            "?0");
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.lines("POST /files" + permission, true, "Content-Length: 1000"));
      String interim = raw.answer();
      HttpResponse<byte[]> asked = client.head(upload);
      HttpResponse<byte[]> longer =
          client.append(upload, 0, new byte[10], false, "Upload-Length", "1001");

      assertThat(interim)
          .startsWith("HTTP/1.1 104")
          .containsIgnoringCase("\r\nUpload-Limit: max-size=1000,");
      assertThat(header(asked, "Upload-Limit")).startsWith("max-size=1000,");
      assertThat(longer.statusCode()).isEqualTo(400); // it has said another one
    }
    assertThat(tooLong.statusCode()).isEqualTo(413);
    assertThat(header(tooLong, "Upload-Limit")).startsWith("max-size=1000,");
    assertThat(header(tooLong, "Upload-Complete")).isEqualTo("?0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?upload-token=v1.forged", "?other=1"})
  void whoeverNobodyKnowsIsToldWhatHoldsForEverybody(String query) throws Exception {
    HttpResponse<byte[]> answer =
        new RufhClient(server).send("OPTIONS", "/files" + query, BodyPublishers.noBody());

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "Upload-Limit")).startsWith("max-size=107374182400,");
  }
}
