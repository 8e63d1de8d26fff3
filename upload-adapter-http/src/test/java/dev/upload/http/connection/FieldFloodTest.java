package dev.upload.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A head of few bytes and very many fields would take thirty times as many once it is read. */
@MicronautTest(rebuildContext = true)
class FieldFloodTest {

  private static final String CHUNKED =
      String.join(
          "\r\n",
          " HTTP/1.1",
          "Tus-Resumable: 1.0.0",
          "Upload-Offset: 0",
          "Content-Type: application/offset+octet-stream",
          "Transfer-Encoding: chunked");

  @Inject EmbeddedServer server;

  @Test
  void manyFieldsAreServed() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head("OPTIONS /files HTTP/1.1", fields(BoundedCodec.MAX_FIELDS - 1));

      assertThat(client.answer()).startsWith("HTTP/1.1 204");
    }
  }

  @Test
  void tooManyAreRefused() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head("OPTIONS /files HTTP/1.1", fields(BoundedCodec.MAX_FIELDS));

      assertThat(client.answer().toLowerCase(Locale.ROOT))
          .startsWith("http/1.1 431")
          .contains("connection: close");
    }
  }

  @Test
  void theyAreRefusedBeforeTheirHeadIsWhole() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send(
          bytes("OPTIONS /files HTTP/1.1\r\n" + fields(BoundedCodec.MAX_FIELDS + 2) + "\r\n"));

      assertThat(client.answer()).startsWith("HTTP/1.1 431");
    }
  }

  @Test
  void tooManyBehindABodyTakeItBack() throws Exception {
    String upload = created();
    try (RawClient client = new RawClient(server)) {
      client.head("PATCH " + upload + CHUNKED);
      client.send(bytes("5\r\nhello\r\n0\r\n" + fields(BoundedCodec.MAX_FIELDS + 1) + "\r\n\r\n"));

      assertThat(client.answer()).startsWith("HTTP/1.1 400");
    }
    try (RawClient client = new RawClient(server)) {
      client.head("HEAD " + upload + " HTTP/1.1", "Tus-Resumable: 1.0.0");

      assertThat(client.answer().toLowerCase(Locale.ROOT)).contains("upload-offset: 0\r\n");
    }
  }

  private String created() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head("POST /files HTTP/1.1", "Tus-Resumable: 1.0.0", "Upload-Length: 10");
      return client.answer().replaceAll("(?si).*location: http://localhost(\\S+).*", "$1");
    }
  }

  private static String fields(int count) {
    String[] fields = new String[count];
    Arrays.fill(fields, "a: b");
    return String.join("\r\n", fields);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
