package dev.upload.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.upload.http.Http2Client;
import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Where HTTP/2 is spoken nobody is kept either who asks for nothing. */
@MicronautTest(rebuildContext = true)
@Property(name = "micronaut.server.http-version", value = "2.0")
@Property(name = "upload.http.head-timeout", value = "3s")
class AwaitedStreamTest {

  @Inject EmbeddedServer server;

  @Test
  void whoDoesNotSayWhatHeSpeaksIsCutOff() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send("PRI * HT".getBytes(StandardCharsets.US_ASCII));

      assertThat(client.read(1)).isEmpty();
    }
  }

  @Test
  void whoOnlySaysThatHeIsThereIsCutOff() throws Exception {
    try (Http2Client client = new Http2Client(server)) {
      Thread pings = Thread.startVirtualThread(() -> pingForEver(client));

      assertThatCode(client::awaitEnd).doesNotThrowAnyException();
      pings.interrupt();
    }
  }

  @Test
  void headersThatDoNotEndAreNoRequest() throws Exception {
    try (Http2Client client = new Http2Client(server)) {
      client.unfinishedRequest(1).flush();

      assertThatCode(client::awaitEnd).doesNotThrowAnyException();
    }
  }

  @Test
  void whoIsServedStays() throws Exception {
    try (Http2Client client = new Http2Client(server)) {
      client.request(
          1,
          "POST",
          "/files",
          "tus-resumable",
          "1.0.0",
          "upload-length",
          "6",
          "content-type",
          "application/offset+octet-stream");
      client.data(1, new byte[1]).flush();
      Thread.sleep(6_500); // more than twice the limit
      client.data(1, new byte[5]).end(1).flush();

      assertThat(client.answer(1).status()).hasToString("201");
    }
  }

  private static void pingForEver(Http2Client client) {
    try {
      while (true) {
        client.ping().flush();
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException over) {
      // as it should be
    }
  }
}
