package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 5: {@code X-HTTP-Method-Override} says what a request wants, whatever its method is. */
@MicronautTest
class MethodOverrideTest {

  @Inject EmbeddedServer server;

  private TusClient client;

  @BeforeEach
  void open() {
    client = new TusClient(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "GET", "DELETE", "HEAD"})
  void everyMethodCanBeAPatch(String method) throws Exception {
    String upload = client.create(5);

    HttpResponse<byte[]> answer =
        client.send(
            method,
            upload,
            method.equals("HEAD") ? BodyPublishers.noBody() : BodyPublishers.ofString("hello"),
            "X-HTTP-Method-Override",
            "PATCH",
            "Content-Type",
            TusClient.TYPE,
            "Upload-Offset",
            "0");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "Upload-Offset")).isEqualTo(method.equals("HEAD") ? "0" : "5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "GET", "PATCH"})
  void everyMethodCanBeAHead(String method) throws Exception {
    String upload = client.create(5);

    HttpResponse<byte[]> answer =
        client.send(method, upload, BodyPublishers.noBody(), "X-HTTP-Method-Override", "HEAD");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Upload-Offset")).isEqualTo("0");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "GET", "PATCH"})
  void everyMethodCanBeADelete(String method) throws Exception {
    String upload = client.create(5);

    HttpResponse<byte[]> answer =
        client.send(method, upload, BodyPublishers.noBody(), "X-HTTP-Method-Override", "DELETE");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(client.head(upload).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "TRACE", "", "nonsense"})
  void nothingElseOverrides(String override) throws Exception {
    String upload = client.create(5);

    HttpResponse<byte[]> answer =
        client.send("POST", upload, BodyPublishers.noBody(), "X-HTTP-Method-Override", override);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
  }

  @Test
  void aDownloadIsStillOne() throws Exception {
    String upload = client.create(5);
    client.patch(upload, 0, bytes("hello"));

    HttpResponse<byte[]> answer = client.send("GET", upload, BodyPublishers.noBody());

    assertThat(answer.body()).isEqualTo(bytes("hello"));
  }
}
