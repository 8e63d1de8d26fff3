package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requirement 2: fields are structured (RFC 9651), and one of another type is as good as absent.
 */
@MicronautTest
class FieldsTest {

  @Inject EmbeddedServer server;

  @ParameterizedTest
  @ValueSource(
      strings = {"\"0\"", "?0", "0.0", "-1", "0000000000000000", "0, 0", ":MA==:", "zero", "0x0"})
  void anOffsetThatIsNoIntegerIsNone(String offset) throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();

    HttpResponse<byte[]> answer =
        client.patchHello(
            upload,
            "Content-Type",
            RufhClient.TYPE,
            "Upload-Complete",
            "?0",
            "Upload-Offset",
            offset);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "true", "?2", "\"?1\"", "?1, ?1", "?", "*1"})
  void aCompletenessThatIsNoBooleanIsNone(String complete) throws Exception {
    HttpResponse<byte[]> answer =
        new RufhClient(server)
            .send(
                "POST",
                RufhClient.ENDPOINT,
                BodyPublishers.ofString("hello"),
                "Upload-Complete",
                complete);

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"11\"", "?1", "11.0", "-11", "1000000000000000", "eleven", "11, 11"})
  void aLengthThatIsNoIntegerIsNone(String length) throws Exception {
    RufhClient client = new RufhClient(server);

    HttpResponse<byte[]> created = client.create(bytes("hello"), false, "Upload-Length", length);

    assertThat(client.head(path(created)).headers().firstValue("Upload-Length")).isEmpty();
  }

  @Test
  void parametersChangeNothing() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin("Upload-Length", "11;unit=byte");

    HttpResponse<byte[]> answer =
        client.patchHello(
            upload,
            "Content-Type",
            RufhClient.TYPE,
            "Upload-Complete",
            "?0;certain",
            "Upload-Offset",
            " 0;a=\"b\" ");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(client.head(upload), "Upload-Length")).isEqualTo("11");
  }
}
