package dev.upload.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.Http2Client;
import dev.upload.http.RawClient;
import dev.upload.http.TlsKeys;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import io.netty.handler.codec.http2.Http2Headers;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said before an answer, where all is encrypted. */
@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Property(name = "test.talkative", value = "true")
@Timeout(60)
class InterimResponsesOverTlsTest implements TestPropertyProvider {

  @TempDir static Path directory;

  @Inject EmbeddedServer server;

  @Override
  public Map<String, String> getProperties() {
    return keys().properties();
  }

  private static TlsKeys keys() {
    return TlsKeys.in(directory);
  }

  @Test
  void isReadBeforeTheBodyIsSentOverHttp11() throws Exception {
    try (RawClient client = new RawClient(keys().connect(server, "http/1.1"))) {
      client.head("POST /talkative/a HTTP/1.1", "Expect: 100-continue", "Content-Length: 5");
      String first = client.answer();
      String permission = client.answer();
      client.send(bytes("hello"));
      String progress = client.answer();
      String last = client.answer();
      client.head("GET /talkative/b HTTP/1.1");

      assertThat(first).startsWith("HTTP/1.1 104").contains("Location: /talkative/a\r\n");
      assertThat(permission).startsWith("HTTP/1.1 100");
      assertThat(progress).startsWith("HTTP/1.1 104").contains("Upload-Offset: 5\r\n");
      assertThat(last).startsWith("HTTP/1.1 200").endsWith("a 5 true");
      assertThat(client.answer()).endsWith("this is b");
    }
  }

  @Test
  void isReadBeforeTheBodyIsSentOverHttp2() throws Exception {
    try (Http2Client client = new Http2Client(keys().connect(server, "h2"))) {
      client.request(1, "POST", "/talkative/a", "expect", "100-continue").flush();
      Http2Headers first = client.answer(1);
      Http2Headers permission = client.answer(1);
      client.end(1, bytes("hello")).flush();

      assertThat(first.get("location")).hasToString("/talkative/a");
      assertThat(permission.status()).hasToString("100");
      assertThat(client.answer(1).get("upload-offset")).hasToString("5");
      assertThat(client.answer(1).status()).hasToString("200");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
