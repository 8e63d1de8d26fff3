package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.TestBeans;
import dev.upload.http.drain.Drain;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements 4 and 6: whatever did not complete an upload says so, whoever answers. */
@MicronautTest(rebuildContext = true)
class IncompletenessTest {

  private static final String UPLOAD = "/files/0123456789abcdef";

  @Inject EmbeddedServer server;
  @Inject Drain drain;

  @EveryVersion
  void aServerThatEndsSaysSo(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    drain.run(() -> CompletableFuture.completedFuture(null));

    HttpResponse<byte[]> created = client.create(bytes("hello"), true);
    HttpResponse<byte[]> appended = client.append(UPLOAD, 0, bytes("hello"), true);

    assertThat(created.statusCode()).isEqualTo(503);
    assertThat(client.complete(created)).isEqualTo("?0");
    assertThat(appended.statusCode()).isEqualTo(503);
    assertThat(client.complete(appended)).isEqualTo("?0");
  }

  @EveryVersion
  void aDefectSaysSo(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);

    HttpResponse<byte[]> answer = client.create(bytes("hello"), true, TestBeans.DEFECT, "1");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(client.complete(answer)).isEqualTo("?0");
  }

  @Test
  void aMethodThatIsNotServedThereSaysSo() throws Exception {
    RufhClient client = new RufhClient(server);

    HttpResponse<byte[]> answer =
        client.send("POST", UPLOAD, BodyPublishers.ofString("hello"), client.completeness(true));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(client.complete(answer)).isEqualTo("?0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  void whoSaysNothingOfItIsToldNothing(String method) throws Exception {
    HttpResponse<byte[]> answer =
        new RufhClient(server).plain(method, "/files", BodyPublishers.ofString("hello"));

    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(answer.headers().firstValue("Upload-Complete")).isEmpty();
  }
}
