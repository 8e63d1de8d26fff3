package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.Http2Client;
import dev.upload.http.TlsKeys;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With TLS, by configuration alone. */
@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest implements TestPropertyProvider {

  @TempDir static Path directory;

  @Inject EmbeddedServer server;

  @Override
  public Map<String, String> getProperties() {
    return keys().properties();
  }

  private static TlsKeys keys() {
    return TlsKeys.in(directory);
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void anUploadIsMadeContinuedAndRead(HttpClient.Version version) throws Exception {
    HttpClient http =
        HttpClient.newBuilder().version(version).sslContext(keys().trusting()).build();
    TusClient client = new TusClient(server, http);

    HttpResponse<byte[]> created = client.post(bytes("hel"), "Upload-Length", "5");
    String upload = TusClient.path(created);
    HttpResponse<byte[]> head = client.head(upload);
    HttpResponse<byte[]> last = client.patch(upload, 3, bytes("lo"));

    assertThat(created.version()).isEqualTo(version);
    assertThat(header(created, "Location")).startsWith("https://localhost:" + server.getPort());
    assertThat(header(head, "Upload-Offset")).isEqualTo("3");
    assertThat(header(last, "Upload-Offset")).isEqualTo("5");
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
    assertThat(client.plain("OPTIONS", "/files", BodyPublishers.noBody()).statusCode())
        .isEqualTo(204);
  }

  @Test
  void aChecksumMayFollowTheBody() throws Exception {
    HttpClient http = HttpClient.newBuilder().sslContext(keys().trusting()).build();
    String upload = new TusClient(server, http).create(11);
    try (Http2Client raw = new Http2Client(keys().connect(server, "h2"))) {
      raw.request(1, "PATCH", upload, TusClient.patchFields("trailer", "upload-checksum"))
          .data(1, bytes("hello world"))
          .trailer(1, "upload-checksum", "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=")
          .flush();

      assertThat(raw.answer(1).status()).hasToString("460");
    }
  }
}
