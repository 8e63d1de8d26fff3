package dev.upload.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.Http2Client;
import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.netty.handler.codec.http2.Http2Headers;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said before an answer, over HTTP/2 without TLS. */
@MicronautTest(rebuildContext = true)
@Property(name = "micronaut.server.http-version", value = "2.0")
@Property(name = "test.talkative", value = "true")
@Timeout(60)
class InterimFramesTest {

  @Inject EmbeddedServer server;
  @Inject Talkative talkative;

  @Test
  void areReadBeforeAByteOfTheBodyIsSentAndTheConnectionServesOn() throws Exception {
    try (Http2Client client = new Http2Client(server)) {
      for (int stream = 1; stream < 6; stream += 2) {
        client.request(stream, "POST", "/talkative/a").flush();
        Http2Headers first = client.answer(stream);
        client.data(stream, bytes("hello")).flush();
        Http2Headers second = client.answer(stream);
        client.end(stream, bytes("you")).flush();
        Http2Headers third = client.answer(stream);
        Http2Headers last = client.answer(stream);

        assertThat(first.status()).hasToString("104");
        assertThat(first.get("location")).hasToString("/talkative/a");
        assertThat(second.status()).hasToString("104");
        assertThat(second.get("upload-offset")).hasToString("5");
        assertThat(third.get("upload-offset")).hasToString("8");
        assertThat(last.status()).hasToString("200");
        assertThat(last.get("x-name")).hasToString("a");
      }
    }
  }

  /** Such a request may be served before its event loop asks for the answer. */
  @Test
  void areNotOvertakenByTheAnswerToABodyThatCameWithItsHead() throws Exception {
    try (Http2Client client = new Http2Client(server)) {
      for (int stream = 1; stream < 200; stream += 2) {
        client.request(stream, "POST", "/talkative/a").end(stream, bytes("hello")).flush();

        assertThat(client.answer(stream).get("location")).hasToString("/talkative/a");
        assertThat(client.answer(stream).get("upload-offset")).hasToString("5");
        assertThat(client.answer(stream).status()).hasToString("200");
      }
    }
  }

  @Test
  void leaveOutNoPermissionToSendABody() throws Exception {
    try (Http2Client client = new Http2Client(server)) {
      client.request(1, "POST", "/talkative/a", "expect", "100-continue").flush();
      Http2Headers first = client.answer(1);
      Http2Headers permission = client.answer(1);
      client.end(1, bytes("hello")).flush();

      assertThat(first.status()).hasToString("104");
      assertThat(permission.status()).hasToString("100");
      assertThat(client.answer(1).get("upload-offset")).hasToString("5");
      assertThat(client.answer(1).status()).hasToString("200");
    }
  }

  @Test
  void goToTheirOwnRequestWhateverElseIsOnTheConnection() throws Exception {
    CountDownLatch gate = talkative.hold();
    try (Http2Client client = new Http2Client(server)) {
      client.request(1, "POST", "/talkative/held").flush();
      Http2Headers held = client.answer(1);
      client.request(3, "POST", "/talkative/b", "x-http2-stream-id", "1").flush();
      Http2Headers other = client.answer(3);
      client.end(3, bytes("hello")).flush();
      client.answer(3);
      Http2Headers otherLast = client.answer(3);
      gate.countDown();
      client.end(1, bytes("hi")).flush();

      assertThat(held.get("location")).hasToString("/talkative/held");
      assertThat(other.get("location")).hasToString("/talkative/b");
      assertThat(otherLast.get("x-name")).hasToString("b");
      assertThat(client.answer(1).get("upload-offset")).hasToString("2");
      assertThat(client.answer(1).get("x-name")).hasToString("held");
    }
  }

  @Test
  void areNotSentAfterTheAnswer() throws Exception {
    CountDownLatch gate = talkative.hold();
    CountDownLatch told = talkative.told(1);
    try (Http2Client client = new Http2Client(server)) {
      client.request(1, "POST", "/talkative/late/a").flush();
      Http2Headers answer = client.answer(1);
      gate.countDown();
      told.await();
      client.end(1, bytes("x")).request(3, "POST", "/talkative/b").end(3, bytes("hello")).flush();

      assertThat(answer.status()).hasToString("200");
      assertThat(client.answer(3).get("location")).hasToString("/talkative/b");
    }
  }

  /** The first request of an upgraded connection is one of HTTP/1.1; its answer is not. */
  @Test
  void followAnUpgrade() throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    try (RawClient http1 = new RawClient(socket);
        Http2Client http2 = new Http2Client(socket)) {
      http1
          .head(
              "POST /talkative/a HTTP/1.1",
              "Connection: Upgrade, HTTP2-Settings",
              "Upgrade: h2c",
              "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
              "X-Http2-Stream-Id: 3",
              "Content-Length: 5")
          .send(bytes("hello"));
      String switching = http1.answer();
      http2.flush();
      Http2Headers first = http2.answer(1);
      http2.answer(1);
      Http2Headers last = http2.answer(1);
      http2.request(3, "POST", "/talkative/b").end(3, bytes("hello")).flush();

      assertThat(switching).startsWith("HTTP/1.1 101");
      assertThat(first.get("location")).hasToString("/talkative/a");
      assertThat(last.status()).hasToString("200");
      assertThat(http2.answer(3).get("location")).hasToString("/talkative/b");
    }
  }

  @Test
  void areResponsesWhereOneSpeaksHttp11() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head("POST /talkative/a HTTP/1.1", "Content-Length: 5");
      String first = client.answer();
      client.send(bytes("hello"));

      assertThat(first).startsWith("HTTP/1.1 104").contains("Location: /talkative/a\r\n");
      assertThat(client.answer()).startsWith("HTTP/1.1 104");
      assertThat(client.answer()).startsWith("HTTP/1.1 200");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
