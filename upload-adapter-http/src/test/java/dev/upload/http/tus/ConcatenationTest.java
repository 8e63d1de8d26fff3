package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.base64;
import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.InMemorySessions;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 13: uploads may be put together of others, finished or not. */
@MicronautTest(rebuildContext = true)
class ConcatenationTest {

  @Inject EmbeddedServer server;
  @Inject InMemorySessions sessions;

  private TusClient client;

  @BeforeEach
  void open() {
    client = new TusClient(server);
  }

  @Test
  void theWholeIsWhatItsPartsAreInTheirOrder() throws Exception {
    byte[] content = Bytes.random(100_000, 1);
    String first = part(Arrays.copyOf(content, 30_000));
    String second = part(Arrays.copyOfRange(content, 30_000, 100_000));

    HttpResponse<byte[]> answer =
        client.post(
            "Upload-Concat",
            "final;" + first + " " + server.getURI() + second,
            "Upload-Metadata",
            "filename " + base64("whole.bin"));
    String whole = TusClient.path(answer);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(header(client.head(whole), "Upload-Concat"))
        .isEqualTo("final;" + first + " " + server.getURI() + second);
    assertThat(client.get(whole).body()).isEqualTo(content);
    assertThat(header(client.get(whole), "Content-Disposition")).contains("whole.bin");
    assertThat(header(client.head(whole), "Upload-Offset")).isEqualTo("100000");
    assertThat(header(client.head(whole), "Upload-Length")).isEqualTo("100000");
  }

  private String part(byte[] content) throws Exception {
    String part =
        client.create(
            content.length,
            "Upload-Concat",
            "partial",
            "Upload-Metadata",
            "filename " + base64("part.bin"));
    assertThat(client.patch(part, 0, content).statusCode()).isEqualTo(204);
    return part;
  }

  @Test
  void aPartIsNoFinishedFileAndMayBeUsedAgain() throws Exception {
    String part = part(bytes("ab"));
    String once = whole(part);
    String thrice = whole(part, part, part);

    assertThat(client.get(part).statusCode()).isEqualTo(409);
    assertThat(header(client.head(part), "Upload-Offset")).isEqualTo("2");
    assertThat(header(client.head(part), "Upload-Expires")).isNotEmpty();
    assertThat(client.patch(part, 2, new byte[0]).statusCode()).isEqualTo(204);
    assertThat(client.get(once).body()).isEqualTo(bytes("ab"));
    assertThat(client.get(thrice).body()).isEqualTo(bytes("ababab"));
  }

  private String whole(String... parts) throws Exception {
    return TusClient.path(client.post("Upload-Concat", "final;" + String.join(" ", parts)));
  }

  @Test
  void nothingIsAppendedToAWhole() throws Exception {
    String whole = whole(part(bytes("ab")), part(bytes("cd")));
    String waiting = whole(client.create(5, "Upload-Concat", "partial"));

    assertThat(client.patch(whole, 4, bytes("x")).statusCode()).isEqualTo(403);
    assertThat(client.patch(waiting, 0, bytes("x")).statusCode()).isEqualTo(403);
    assertThat(client.get(whole).body()).isEqualTo(bytes("abcd"));
  }

  @Test
  void aWholeWaitsForPartsThatAreUnfinished() throws Exception {
    String first = client.create(5, "Upload-Concat", "partial");
    String second = client.create(6, "Upload-Concat", "partial");
    String whole = whole(first, second);
    HttpResponse<byte[]> before = client.head(whole);
    client.patch(second, 0, bytes(" world"));
    client.patch(first, 0, bytes("hello"));

    HttpResponse<byte[]> after = client.head(whole);

    assertThat(before.statusCode()).isEqualTo(200);
    assertThat(before.headers().firstValue("Upload-Offset")).isEmpty();
    assertThat(header(before, "Upload-Concat")).isEqualTo("final;" + first + " " + second);
    assertThat(header(before, "Upload-Length")).isEqualTo("11");
    assertThat(header(after, "Upload-Offset")).isEqualTo("11");
    assertThat(header(after, "Upload-Length")).isEqualTo("11");
    assertThat(client.get(whole).body()).isEqualTo(bytes("hello world"));
  }

  @Test
  void aClientThatLostTheAnswerGetsTheSameWhole() throws Exception {
    String part = part(bytes("ab"));

    String once = whole(part);
    String again = whole(part);
    String other =
        TusClient.path(
            client.post(
                "Upload-Concat", "final;" + part, "Upload-Metadata", "filename " + base64("b")));

    assertThat(again).isEqualTo(once);
    assertThat(other).isNotEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "final",
        "final;",
        "final; ",
        "whole",
        "Partial",
        "final;/files/0123456789abcdef",
        "final;/files/../../etc/passwd",
        "final;http://[",
        "final;/files/"
      })
  void whatCannotBePutTogetherIs400(String concat) throws Exception {
    HttpResponse<byte[]> answer =
        concat.startsWith("final")
            ? client.post("Upload-Concat", concat)
            : client.post("Upload-Concat", concat, "Upload-Length", "5");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(sessions.count()).isZero();
  }

  @Test
  void anUploadThatIsNoPartIsNotPutIntoOne() throws Exception {
    String upload = client.create(2);
    client.patch(upload, 0, bytes("ab"));

    assertThat(client.post("Upload-Concat", "final;" + upload).statusCode()).isEqualTo(400);
  }

  @Test
  void somebodyElsesPartIsNotPutIntoOne() throws Exception {
    String part = part(bytes("ab"));

    HttpResponse<byte[]> answer =
        client.post("Upload-Concat", "final;" + part, "X-Owner", "mallory");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(sessions.count()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Upload-Length", "Upload-Defer-Length"})
  void theLengthOfAWholeIsNotForItsClientToSay(String header) throws Exception {
    String part = part(bytes("a"));

    assertThat(client.post("Upload-Concat", "final;" + part, header, "1").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aWholeHasNoBytesOfItsOwn() throws Exception {
    String part = part(bytes("a"));

    HttpResponse<byte[]> answer = client.post(bytes("x"), "Upload-Concat", "final;" + part);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(sessions.count()).isOne();
  }
}
