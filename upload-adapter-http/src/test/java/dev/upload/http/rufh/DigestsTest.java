package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests (RFC 9530) of the bytes of a request, and of the whole. */
@MicronautTest
class DigestsTest {

  private static final String CHUNKED = "Transfer-Encoding: chunked";

  @Inject EmbeddedServer server;

  @EveryVersion
  void aRequestWithTheRightDigestCountsAndOneWithAnotherDoesNot(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();

    HttpResponse<byte[]> wrong =
        client.append(upload, 0, bytes("hello"), true, "Content-Digest", sha256("hallo"));
    HttpResponse<byte[]> right =
        client.append(upload, 0, bytes("hello"), true, "Content-Digest", sha256("hello"));

    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(client.complete(wrong)).isEqualTo("?0");
    assertThat(right.statusCode()).isEqualTo(201);
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }

  @Test
  void bothDigestsHaveToBeRight() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();

    HttpResponse<byte[]> wrong =
        client.append(
            upload,
            0,
            bytes("hello"),
            true,
            "Content-Digest",
            sha256("hello") + ", " + sha512("hallo"));

    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
  }

  @Test
  void theFirstBytesAreCheckedToo() throws Exception {
    RufhClient client = new RufhClient(server);

    assertThat(client.create(bytes("hello"), true, "Content-Digest", sha512("hallo")).statusCode())
        .isEqualTo(400);
    assertThat(client.create(bytes("hello"), true, "Content-Digest", sha512("hello")).statusCode())
        .isEqualTo(201);
  }

  @Test
  void aBrokenConnectionUnderADigestKeepsNothing() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    String digest = sha256("hello world");
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          client.appendLines(upload, 0, true, "Content-Length: 11", "Content-Digest: " + digest));
      raw.send(bytes("hello"));
    }

    HttpResponse<byte[]> head = client.head(upload); // which ends the other one

    assertThat(header(head, "Upload-Offset")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({"hello,201", "hallo,400"})
  void digestsMayFollowTheBytes(String text, int status) throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.appendLines(upload, 0, true, CHUNKED, "Trailer: content-digest"));
      raw.send(bytes("5\r\nhello\r\n0\r\nContent-Digest: " + sha512(text) + "\r\n\r\n"));

      assertThat(raw.answer()).startsWith("HTTP/1.1 " + status);
    }
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo(status == 201 ? "5" : "0");
  }

  @Test
  void digestsBeforeAndBehindTheBytesHaveToBeRight() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    String before = "Content-Digest: " + sha256("hallo");
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.appendLines(upload, 0, true, CHUNKED, before, "Trailer: content-digest"));
      raw.send(bytes("5\r\nhello\r\n0\r\nContent-Digest: " + sha512("hello") + "\r\n\r\n"));

      assertThat(raw.answer()).startsWith("HTTP/1.1 400");
    }
  }

  /** Whoever stands between may drop it, so nobody is refused for that. */
  @Test
  void aDigestThatWasAnnouncedMayBeLostOnItsWay() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.appendLines(upload, 0, true, CHUNKED, "Trailer: content-digest"));
      raw.send(bytes("5\r\nhello\r\n0\r\n\r\n"));

      assertThat(raw.answer()).startsWith("HTTP/1.1 201");
    }
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"md5=:AAAA:", "sha-256=AAAA", "sha-256", "nonsense=("})
  void aDigestThatNobodyCanCheckIsNone(String digest) throws Exception {
    RufhClient client = new RufhClient(server);

    HttpResponse<byte[]> answer =
        client.create(bytes("hello"), true, "Content-Digest", digest, "Repr-Digest", digest);

    assertThat(answer.statusCode()).isEqualTo(201);
  }

  @EveryVersion
  void aWholeWithTheRightDigestIsTaken(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload =
        path(client.create(bytes("hello"), false, "Repr-Digest", sha256("hello world")));

    HttpResponse<byte[]> answer = client.append(upload, 5, bytes(" world"), true);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(header(answer, "Repr-Digest")).isEqualTo(sha256("hello world"));
    assertThat(header(client.head(upload), "Repr-Digest")).isEqualTo(sha256("hello world"));
  }

  @EveryVersion
  void aWholeWithAnotherIsRefusedForGood(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload =
        path(client.create(bytes("hello"), false, "Repr-Digest", sha256("hello World")));

    HttpResponse<byte[]> answer = client.append(upload, 5, bytes(" world"), true);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(client.complete(answer)).isEqualTo("?1");
    assertThat(client.head(upload).statusCode()).isEqualTo(404);
    assertThat(client.get(upload).statusCode()).isEqualTo(404);
  }

  @Test
  void aWholeInOneRequestIsCheckedToo() throws Exception {
    HttpResponse<byte[]> answer =
        new RufhClient(server).create(bytes("hello"), true, "Repr-Digest", sha512("hallo"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "Upload-Complete")).isEqualTo("?1");
  }

  @Test
  void theMostWantedDigestIsTold() throws Exception {
    RufhClient client = new RufhClient(server);

    HttpResponse<byte[]> one =
        client.create(bytes("hello"), true, "Want-Repr-Digest", "sha-256=3, sha-512=9, md5=10");
    HttpResponse<byte[]> none =
        client.create(bytes("hello"), true, "Want-Repr-Digest", "sha-256=0");

    assertThat(header(one, "Repr-Digest")).isEqualTo(sha512("hello"));
    assertThat(none.headers().firstValue("Repr-Digest")).isEmpty();
  }

  @Test
  void itIsToldOfBytesThatCameInSeveralRequestsButNotBeforeTheLast() throws Exception {
    RufhClient client = new RufhClient(server);
    HttpResponse<byte[]> first =
        client.create(bytes("hello"), false, "Want-Repr-Digest", "sha-256=1");
    HttpResponse<byte[]> last = client.append(path(first), 5, bytes(" world"), true);

    assertThat(first.headers().firstValue("Repr-Digest")).isEmpty();
    assertThat(header(last, "Repr-Digest")).isEqualTo(sha256("hello world"));
  }

  private static String sha256(String text) {
    return "sha-256=:" + digest("SHA-256", text) + ":";
  }

  private static String sha512(String text) {
    return "sha-512=:" + digest("SHA-512", text) + ":";
  }

  private static String digest(String algorithm, String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance(algorithm).digest(bytes(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
