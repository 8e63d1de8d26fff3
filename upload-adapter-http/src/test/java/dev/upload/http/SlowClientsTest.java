package dev.upload.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Clients that are slower than they may be lose their connection, and nothing that they sent. */
@MicronautTest(rebuildContext = true)
@Property(name = "upload.http.min-rate", value = "100KB")
@Property(name = "upload.http.patience", value = "3s")
class SlowClientsTest {

  private static final int KIB = 1024;

  @Inject EmbeddedServer server;
  @Inject WatchedStore store;

  private final byte[] content = Bytes.random(1024 * KIB, 1);
  private final ClientFile file = new ClientFile("slow.bin", content, 1024 * KIB);

  @Test
  void whoStopsSendingIsToldSoAndCutOff() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head(post(), "Content-Length: " + content.length);
      client.send(Arrays.copyOf(content, 512 * KIB));

      assertThat(client.answer().toLowerCase(Locale.ROOT))
          .startsWith("http/1.1 423")
          .contains("connection: close");
      assertThat(client.read(1)).isEmpty();
    }
  }

  @Test
  void whoDripsIsCutOffToo() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head(post(), "Content-Length: " + content.length);
      Thread drip =
          Thread.startVirtualThread(
              () -> {
                for (int from = 0; from < content.length; from += KIB) {
                  client.sendUnchecked(Arrays.copyOfRange(content, from, from + KIB));
                  pause();
                }
              });

      assertThat(client.answer()).startsWith("HTTP/1.1 423");
      drip.interrupt();
    }
  }

  @Test
  void whoIsSlowButNotTooSlowIsServed() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head(post(), "Content-Length: " + content.length);
      for (int from = 0; from < content.length; from += 64 * KIB) {
        client.send(Arrays.copyOfRange(content, from, from + 64 * KIB));
        Thread.sleep(200);
      }

      assertThat(client.answer()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whoDoesNotReadWhatWasAskedForIsCutOff() throws Exception {
    byte[] large = Bytes.random(24 * 1024 * KIB, 1);
    String answer =
        new Browser(server).postOctet(new ClientFile("l.bin", large, 64 * 1024 * KIB), 1).body();
    String location = answer.replaceAll("(?s).*\"location\":\"([^\"]+)\".*", "$1");
    try (RawClient client = new RawClient(server)) {
      client.head("GET " + location + " HTTP/1.1");
      assertThat(Eventually.holds(() -> store.open() == 1)).isTrue();

      assertThat(Eventually.holds(() -> store.open() == 0)).isTrue();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String post() {
    return "POST /uploads?" + ClientFile.query(file.parameters(1)) + " HTTP/1.1";
  }
}
