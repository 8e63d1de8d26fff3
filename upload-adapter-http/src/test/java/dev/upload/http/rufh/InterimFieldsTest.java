package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.Http2Client;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.netty.handler.codec.http2.Http2Headers;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements 4 and 6 over HTTP/2: what a client is told before the answer, frame by frame. */
@MicronautTest(rebuildContext = true)
@Property(name = "micronaut.server.http-version", value = "2.0")
@Property(name = "upload.http.resumable.progress-bytes", value = "5")
@Property(name = "upload.http.resumable.progress-interval", value = "1h") // by bytes only
class InterimFieldsTest {

  @Inject EmbeddedServer server;

  @ParameterizedTest
  @ValueSource(strings = {"5", "6", "7", "8", "9", "10"})
  void aCreationIsToldWhereItIsThenHowFarItCameAndThenTheAnswer(String version) throws Exception {
    try (Http2Client client = new Http2Client(server)) {
      client
          .request(
              1,
              "POST",
              "/files",
              "upload-draft-interop-version",
              version,
              "upload-complete",
              "?1",
              "content-length",
              "12")
          .flush();

      Http2Headers begun = interim(client, version);
      Http2Headers five = interim(client.data(1, bytes("12345")).flush(), version);
      Http2Headers ten = interim(client.data(1, bytes("67890")).flush(), version);
      Http2Headers answer = client.end(1, bytes("12")).flush().answer(1);
      String view = new String(client.body(1), StandardCharsets.UTF_8);

      String path = begun.get("location").toString().replaceFirst("^http://localhost/", "/");
      assertThat(path).startsWith("/files/");
      assertThat(begun.contains("upload-limit")).isEqualTo(!version.equals("5"));
      assertThat(five.get("upload-offset")).hasToString("5");
      assertThat(five.get("location")).isNull();
      assertThat(ten.get("upload-offset")).hasToString("10");
      assertThat(ten.get("location")).isNull();
      assertThat(answer.status()).hasToString("201");
      assertThat(answer.get("location")).hasToString(begun.get("location").toString());
      assertThat(answer.get("upload-complete")).hasToString("?1");
      assertThat(view).contains("\"length\":12", path);
      assertThat(new RufhClient(server).get(path).body()).isEqualTo(bytes("123456789012"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "6", "7", "8", "9", "10"})
  void anAppendIsToldHowFarItCameAndThenTheAnswer(String version) throws Exception {
    String upload = new RufhClient(server).begin();
    try (Http2Client client = new Http2Client(server)) {
      client
          .request(
              1,
              "PATCH",
              upload,
              "upload-draft-interop-version",
              version,
              "upload-complete",
              "?0",
              "upload-offset",
              "0",
              "content-type",
              RufhClient.TYPE)
          .data(1, bytes("12345"))
          .flush();

      Http2Headers five = interim(client, version);
      Http2Headers answer = client.end(1, bytes("67")).flush().answer(1);

      assertThat(five.get("upload-offset")).hasToString("5");
      assertThat(five.get("location")).isNull();
      assertThat(answer.status().toString()).isIn("201", "204");
      assertThat(answer.get("upload-complete")).hasToString("?0");
      assertThat(client.body(1)).isEmpty();
      client.request(3, "HEAD", upload, "upload-draft-interop-version", version).end(3).flush();
      assertThat(client.answer(3).get("upload-offset")).hasToString("7");
    }
  }

  /** Reads an interim response, behind which the request goes on. */
  private static Http2Headers interim(Http2Client client, String version) throws Exception {
    Http2Headers interim = client.answer(1);
    assertThat(interim.status()).hasToString("104");
    assertThat(interim.get("upload-draft-interop-version")).hasToString(version);
    assertThat(client.ended()).isFalse();
    return interim;
  }
}
