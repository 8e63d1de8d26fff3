package dev.upload.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said before an answer, over HTTP/1.1. */
@MicronautTest(rebuildContext = true)
@Property(name = "test.talkative", value = "true")
@Timeout(60)
class InterimResponsesTest {

  @Inject EmbeddedServer server;
  @Inject Talkative talkative;

  @Test
  void isReadBeforeAByteOfTheBodyIsSentAndTheConnectionServesOn() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head("POST /talkative/a HTTP/1.1", "Content-Length: 5");
      String first = client.answer();
      client.send(bytes("hello"));
      String second = client.answer();
      String last = client.answer();
      client.head("GET /talkative/b HTTP/1.1");
      String next = client.answer();

      assertThat(first)
          .isEqualTo("HTTP/1.1 104 Upload Resumption Supported\r\nLocation: /talkative/a\r\n\r\n");
      assertThat(second).startsWith("HTTP/1.1 104").contains("Upload-Offset: 5\r\n");
      assertThat(last).startsWith("HTTP/1.1 200").endsWith("a 5 true");
      assertThat(next).startsWith("HTTP/1.1 200").endsWith("this is b");
    }
  }

  @Test
  void leavesOutNoPermissionToSendABody() throws Exception {
    try (RawClient client = new RawClient(server)) {
      for (int i = 0; i < 2; i++) {
        client.head("POST /talkative/a HTTP/1.1", "Expect: 100-continue", "Content-Length: 5");
        String first = client.answer();
        String permission = client.answer();
        client.send(bytes("hello"));
        String progress = client.answer();
        String last = client.answer();

        assertThat(first).startsWith("HTTP/1.1 104").contains("Location: ");
        assertThat(permission).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(progress).startsWith("HTTP/1.1 104").contains("Upload-Offset: 5");
        assertThat(last).startsWith("HTTP/1.1 200").endsWith("a 5 true");
      }
    }
  }

  /** Such a request may be served before its event loop asks for the answer. */
  @Test
  void isNotOvertakenByTheAnswerToABodyThatCameWithItsHead() throws Exception {
    try (RawClient client = new RawClient(server)) {
      for (int i = 0; i < 100; i++) {
        client.send(bytes(post("a", "Content-Length: 5") + "hello"));

        assertThat(client.answer()).startsWith("HTTP/1.1 104").contains("Location: ");
        assertThat(client.answer()).startsWith("HTTP/1.1 104").contains("Upload-Offset: 5");
        assertThat(client.answer()).startsWith("HTTP/1.1 200").endsWith("a 5 true");
      }
    }
  }

  @Test
  void tellsAboutEveryChunkOfABodyOfUnknownLength() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head("POST /talkative/a HTTP/1.1", "Transfer-Encoding: chunked");
      String first = client.answer();
      client.send(bytes("5\r\nhello\r\n"));
      String second = client.answer();
      client.send(bytes("3\r\nyou\r\n"));
      String third = client.answer();
      client.send(bytes("0\r\n\r\n"));

      assertThat(first).startsWith("HTTP/1.1 104").contains("Location: ");
      assertThat(second).startsWith("HTTP/1.1 104").contains("Upload-Offset: 5");
      assertThat(third).startsWith("HTTP/1.1 104").contains("Upload-Offset: 8");
      assertThat(client.answer()).startsWith("HTTP/1.1 200").endsWith("a 8 true");
    }
  }

  @Test
  void leavesTheAnswerToAHeadBehindItWithoutABody() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head("POST /talkative/a HTTP/1.1", "Content-Length: 5").send(bytes("hello"));
      client.answer();
      client.answer();
      client.answer();
      client.send(bytes(request("HEAD", "b") + request("GET", "c")));
      String head = client.readTo("\r\n\r\n").toLowerCase(Locale.ROOT);

      assertThat(head).startsWith("http/1.1 200").contains("content-length: 9");
      assertThat(client.answer()).startsWith("HTTP/1.1 200").endsWith("this is c");
    }
  }

  /** Netty counts a response for each request: a 100 would take the answer's turn. */
  @ParameterizedTest
  @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
  void keepsTheBodyOfTheAnswerWhenAHeadIsAlreadyWaiting(String expectation) throws Exception {
    CountDownLatch gate = talkative.hold();
    try (RawClient client = new RawClient(server)) {
      client.send(bytes(post("held", expectation + "Content-Length: 10") + "hello"));
      String first = client.answer();
      gate.countDown();
      String permissionOrProgress = client.answer();
      client.send(bytes("there" + request("HEAD", "b") + request("GET", "c")));
      String rest = client.readTo("this is c").toLowerCase(Locale.ROOT);

      assertThat(first).startsWith("HTTP/1.1 104");
      assertThat(permissionOrProgress).startsWith("HTTP/1.1 1");
      assertThat(rest)
          .containsSubsequence(
              "held 10 true", "http/1.1 200", "content-length: 9", "\r\n\r\nhttp/1.1 200");
    }
  }

  @Test
  void waitsUntilTheRequestsAheadAreAnswered() throws Exception {
    CountDownLatch gate = talkative.hold();
    CountDownLatch told = talkative.told(2);
    String both = post("held", "Content-Length: 2") + "hi" + post("b", "Content-Length: 5");
    try (RawClient client = new RawClient(server)) {
      client.send(bytes(both + "hello"));
      String first = client.answer();
      told.await();
      gate.countDown();

      assertThat(first).contains("Location: /talkative/held");
      assertThat(client.answer()).contains("Upload-Offset: 2");
      assertThat(client.answer()).startsWith("HTTP/1.1 200").endsWith("held 2 true");
      assertThat(client.answer()).contains("Location: /talkative/b");
      assertThat(client.answer()).contains("Upload-Offset: 5");
      assertThat(client.answer()).startsWith("HTTP/1.1 200").endsWith("b 5 true");
    }
  }

  @Test
  void isNotSentAfterTheAnswer() throws Exception {
    CountDownLatch gate = talkative.hold();
    CountDownLatch told = talkative.told(1);
    try (RawClient client = new RawClient(server)) {
      client.head("POST /talkative/late/a HTTP/1.1", "Content-Length: 0");
      String answer = client.answer();
      gate.countDown();
      told.await();
      client.head("GET /talkative/b HTTP/1.1");

      assertThat(answer).startsWith("HTTP/1.1 200");
      assertThat(client.answer()).startsWith("HTTP/1.1 200").endsWith("this is b");
    }
  }

  @Test
  void isNeverSentToAClientOfHttp10() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send(bytes("POST /talkative/a HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello"));

      assertThat(client.readTo("false")).startsWith("HTTP/1.0 200").endsWith("a 5 false");
    }
  }

  @Test
  void isNoErrorToAClientThatIsGone() throws Exception {
    CountDownLatch gate = talkative.hold();
    CountDownLatch told = talkative.told(1);
    try (RawClient client = new RawClient(server)) {
      client.head("POST /talkative/late/a HTTP/1.1", "Content-Length: 0");
      client.answer();
      client.reset();
    }
    gate.countDown();
    told.await();

    try (RawClient client = new RawClient(server)) {
      assertThat(client.head("GET /talkative/b HTTP/1.1").answer()).endsWith("this is b");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {99, 100, 101, 200})
  void hasAStatusOfItsOwn(int status) {
    assertThatThrownBy(() -> new Interim(status, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesNoHeaderThatEndsAnother() {
    Map<String, String> two = Map.of("Location", "/a\r\nLocation: /b");

    assertThatThrownBy(() -> new Interim(104, two)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isNotPossibleForARequestThatNoServerReceived() {
    assertThat(InterimResponses.of(HttpRequest.GET("/")).possible()).isFalse();
  }

  private static String post(String name, String headers) {
    return "POST /talkative/" + name + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n";
  }

  private static String request(String method, String name) {
    return method + " /talkative/" + name + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
