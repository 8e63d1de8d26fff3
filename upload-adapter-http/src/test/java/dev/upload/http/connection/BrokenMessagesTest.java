package dev.upload.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose end two servers could find at two places: each is refused, and is the last. */
@MicronautTest(rebuildContext = true)
class BrokenMessagesTest {

  /** Follows every message: it would be served if somebody took it for a request. */
  private static final String SMUGGLED = "GET /uploads HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private static final String APPEND =
      String.join(
          "\r\n",
          "Tus-Resumable: 1.0.0",
          "Upload-Offset: 0",
          "Content-Type: application/offset+octet-stream",
          "");

  @Inject EmbeddedServer server;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 6",
        "Content-Length: +5",
        "Content-Length: -5",
        "Content-Length: 0x5",
        "Content-Length: 5 5",
        "Content-Length: 99999999999999999999",
        "Content-Length : 5",
        "Content-Length: 5\r\n x: folded\r\nContent-Length: 0",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding:\u000bchunked",
        "Host: elsewhere",
        "X-Nul: a\u0000b",
        "X Y: z",
        "X\r: z"
      })
  void aHeadThatCanBeReadInTwoWaysIsRefused(String headers) throws Exception {
    String answer = everythingAnswered("POST /files HTTP/1.1\r\n" + headers, "0\r\n\r\n");

    assertRefusedOnce(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ZZ\r\nhello\r\n0\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "5\r\nhelloXX0\r\n\r\n",
        "5\r\nhello\n0\r\n\r\n",
        "FFFFFFFFF\r\nhello\r\n0\r\n\r\n",
        "5;a\nb\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r\n0\r\nbroken trailer\u0000: x\r\n\r\n",
        "\r\n5\r\nhello\r\n0\r\n\r\n"
      })
  void chunksThatMakeNoSenseAreNoEndOfABody(String chunks) throws Exception {
    String upload = created();

    String answer =
        everythingAnswered(
            "PATCH " + upload + " HTTP/1.1\r\n" + APPEND + "Transfer-Encoding: chunked", chunks);

    assertRefusedOnce(answer);
    assertThat(offset(upload)).contains("upload-offset: 0\r\n");
  }

  @Test
  void chunksThatComeLaterAreHeldToTheSame() throws Exception {
    String upload = created();
    try (RawClient client = new RawClient(server)) {
      client.head("PATCH " + upload + " HTTP/1.1\r\n" + APPEND + "Transfer-Encoding: chunked");
      client.send(bytes("5\r\nhello\r\n"));
      Thread.sleep(200);

      client.send(bytes("what\r\n" + SMUGGLED));

      assertRefusedOnce(new String(client.read(1 << 20), StandardCharsets.ISO_8859_1));
    }
    assertThat(offset(upload)).contains("upload-offset: 0\r\n");
  }

  @Test
  void soundChunksAreTakenAsEver() throws Exception {
    String upload = created();
    try (RawClient client = new RawClient(server)) {
      client.head("PATCH " + upload + " HTTP/1.1\r\n" + APPEND + "Transfer-Encoding: chunked");
      client.send(bytes("5;ext=1\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n"));

      assertThat(client.answer()).startsWith("HTTP/1.1 204");
    }
    assertThat(offset(upload)).contains("upload-offset: 10\r\n");
  }

  private static void assertRefusedOnce(String answer) {
    assertThat(answer.toLowerCase(Locale.ROOT))
        .startsWith("http/1.1 400")
        .contains("connection: close")
        .containsOnlyOnce("http/1.1 ");
  }

  private String everythingAnswered(String head, String body) throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send(bytes(head + "\r\nHost: localhost\r\n\r\n" + body + SMUGGLED));
      return new String(client.read(1 << 20), StandardCharsets.ISO_8859_1);
    }
  }

  private String created() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head("POST /files HTTP/1.1", "Tus-Resumable: 1.0.0", "Upload-Length: 10");
      String answer = client.answer();
      return answer.replaceAll("(?si).*location: http://localhost(\\S+).*", "$1");
    }
  }

  private String offset(String upload) throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head("HEAD " + upload + " HTTP/1.1", "Tus-Resumable: 1.0.0");
      return client.answer().toLowerCase(Locale.ROOT);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
