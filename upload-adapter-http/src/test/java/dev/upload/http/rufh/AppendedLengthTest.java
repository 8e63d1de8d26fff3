package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.body;
import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement 6: appends keep to the length that was said, and may be what says it. */
@MicronautTest
class AppendedLengthTest {

  @Inject EmbeddedServer server;

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 9, 10})
  void moreThanTheLengthEndsTheUpload(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    for (BodyPublisher tooMuch :
        new BodyPublisher[] {BodyPublishers.ofString("hello!"), streamed("hello!")}) {
      String upload = client.begin("Upload-Length", "5");

      HttpResponse<byte[]> answer = client.append(upload, 0, tooMuch, false);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(body(answer)).contains("http-problem-types#inconsistent-upload-length");
      assertThat(client.head(upload).statusCode()).isEqualTo(404);
      assertThat(client.append(upload, 0, bytes("hello"), true).statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 9, 10})
  void moreThanTheLengthEndsTheUploadAlsoWhereItIsSaidAgain(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    for (boolean last : new boolean[] {false, true}) {
      String upload = client.begin("Upload-Length", "5");
      client.append(upload, 0, bytes("hel"), false);

      HttpResponse<byte[]> answer =
          client.append(upload, 3, bytes("lo!"), last, "Upload-Length", "5");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(body(answer)).contains("http-problem-types#inconsistent-upload-length");
      assertThat(client.head(upload).statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6})
  void moreThanTheLengthWasRefusedOnlyOnce(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin("Upload-Length", "5");

    HttpResponse<byte[]> announced = client.append(upload, 0, bytes("hello!"), false);
    HttpResponse<byte[]> found = client.append(upload, 0, streamed("hello!"), false);

    assertThat(announced.statusCode()).isEqualTo(400);
    assertThat(found.statusCode()).isEqualTo(400);
    assertThat(header(announced, "Upload-Offset")).isEqualTo("0");
    assertThat(client.append(upload, 0, bytes("hello"), true).statusCode()).isEqualTo(201);
  }

  @EveryVersion
  void theLengthIsRecordedWhenItIsSaid(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();

    client.append(upload, 0, bytes("hello"), false, "Upload-Length", "11");

    assertThat(header(client.head(upload), "Upload-Length")).isEqualTo("11");
  }

  @EveryVersion
  void anotherLengthThanBeforeIs400AndTheUploadGoesOn(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin("Upload-Length", "11");

    HttpResponse<byte[]> said =
        client.append(upload, 0, bytes("hello"), false, "Upload-Length", "12");
    HttpResponse<byte[]> less = client.append(upload, 0, bytes("hello"), true);

    for (HttpResponse<byte[]> answer : List.of(said, less)) {
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(body(answer)).contains("http-problem-types#inconsistent-upload-length");
      assertThat(client.complete(answer)).isEqualTo("?0");
    }
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
    assertThat(client.append(upload, 0, bytes("hello world"), true).statusCode()).isEqualTo(201);
  }

  @EveryVersion
  void aStreamThatEndsBeforeTheLengthCompletesNothingButCounts(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin("Upload-Length", "11");

    HttpResponse<byte[]> answer = client.append(upload, 0, streamed("hello"), true);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(client.complete(answer)).isEqualTo("?0");
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("5");
    assertThat(client.append(upload, 5, bytes(" world"), true).statusCode()).isEqualTo(201);
  }

  @EveryVersion
  void aBodyOfUnknownLengthIsTaken(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();

    HttpResponse<byte[]> answer = client.append(upload, 0, streamed("hello"), true);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(header(client.head(upload), "Upload-Length")).isEqualTo("5");
  }
}
