package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.body;
import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.path;
import static dev.upload.http.rufh.RufhClient.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.UploadAction;
import dev.upload.core.model.UploadId;
import dev.upload.core.testing.Bytes;
import dev.upload.http.AskedRule;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement 6: what is complete stays as it is, and its last answer is given again. */
@MicronautTest
class CompletedUploadTest {

  @Inject EmbeddedServer server;
  @Inject Uploads uploads;
  @Inject AskedRule rule;

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 5, 9, 10})
  void theLastAnswerIsGivenAgainToWhoBringsNothingNew(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), true));

    HttpResponse<byte[]> again = client.append(upload, 5, new byte[0], true);
    HttpResponse<byte[]> open = client.append(upload, 5, new byte[0], false);

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(client.complete(again)).isEqualTo("?1");
    assertThat(body(again)).contains("\"length\":5");
    assertThat(open.statusCode()).isEqualTo(400);
    assertThat(client.complete(open)).isEqualTo("?0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 5, 9, 10})
  void theLastAnswerIsGivenAgainWhereTheUploadIsCompletedMeanwhile(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin("Upload-Length", "5");
    client.append(upload, 0, bytes("hello"), false);
    // asked to end other senders, and then to append
    rule.before(UploadAction.WRITE, 2, () -> complete(upload));

    HttpResponse<byte[]> again = client.append(upload, 5, new byte[0], true);

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(client.complete(again)).isEqualTo("?1");
    assertThat(body(again)).contains("\"length\":5");
  }

  private void complete(String upload) {
    uploads.receive(
        UploadId.parse(upload.substring("/files/".length())),
        new Chunk(5, OptionalLong.of(0), true),
        Bytes.body(new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8})
  void appendsToACompleteUploadWereAProblemOfTheirOwn(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), true));

    HttpResponse<byte[]> answer = client.append(upload, 5, new byte[0], true);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(body(answer)).contains("http-problem-types#completed-upload");
    assertThat(client.complete(answer)).isEqualTo("?0");
  }

  @EveryVersion
  void moreBytesForACompleteUploadAreRefused(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), true));

    HttpResponse<byte[]> more = client.append(upload, 5, bytes("!"), true);
    HttpResponse<byte[]> streamed = client.append(upload, 5, streamed("!"), true);
    HttpResponse<byte[]> elsewhere = client.append(upload, 0, bytes("hello"), true);

    assertThat(more.statusCode()).isEqualTo(400);
    assertThat(client.complete(more)).isEqualTo("?0");
    assertThat(streamed.statusCode()).isEqualTo(400);
    assertThat(elsewhere.statusCode()).isEqualTo(409);
    assertThat(header(elsewhere, "Upload-Offset")).isEqualTo("5");
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }
}
