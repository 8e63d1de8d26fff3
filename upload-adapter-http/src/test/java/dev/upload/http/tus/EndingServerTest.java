package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.drain.Drain;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that is about to end names its version too. */
@MicronautTest(rebuildContext = true)
@Property(name = "micronaut.server.http-version", value = "2.0")
class EndingServerTest {

  @Inject EmbeddedServer server;
  @Inject Drain drain;

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void whatItRefusesNamesItsVersion(HttpClient.Version version) throws Exception {
    TusClient client = new TusClient(server, version);
    client.plain("OPTIONS", "/files", BodyPublishers.noBody()); // which upgrades the connection
    String upload = client.create(5);
    drain.run(() -> CompletableFuture.completedFuture(null));

    HttpResponse<byte[]> answer = client.patch(upload, 0, bytes("hello"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.version()).isEqualTo(version);
    assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
  }
}
