package dev.upload.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@MicronautTest(rebuildContext = true)
@Property(name = "upload.http.head-timeout", value = "4s")
class AwaitedHeadTest {

  @Inject EmbeddedServer server;

  @Test
  void whoAsksForNothingIsNotKept() throws Exception {
    try (RawClient client = new RawClient(server)) {
      assertThat(client.read(1)).isEmpty();
    }
  }

  @Test
  void aHeadThatDripsIsNotAwaitedForEver() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send("GET /uploads HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread drip = Thread.startVirtualThread(() -> drip(client));

      assertThat(client.read(1)).isEmpty();
      drip.join();
    }
  }

  @Test
  void aConnectionThatIsUsedIsKept() throws Exception {
    try (RawClient client = new RawClient(server)) {
      for (int i = 0; i < 10; i++) {
        client.head("GET /uploads HTTP/1.1");

        assertThat(client.answer()).startsWith("HTTP/1.1 400");
        Thread.sleep(500);
      }
    }
  }

  /** One byte after the other, until the connection is closed. */
  private static void drip(RawClient client) {
    try {
      while (true) {
        client.send(new byte[] {'x'});
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
