package dev.upload.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.Eventually;
import dev.upload.http.Http2Client;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.netty.handler.codec.http2.Http2Exception;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@MicronautTest(rebuildContext = true)
@Property(name = "micronaut.server.http-version", value = "2.0")
@Property(name = "upload.http.window-memory", value = "1MB")
class UploadWindowsTest {

  private static final long MEMORY = 1024 * 1024;
  private static final long WIDEST = MEMORY / 32;

  @Inject EmbeddedServer server;

  @Test
  void aConnectionMaySendMoreThanTheProtocolBeginsWith() throws Exception {
    assertThat(grantedToANewOne()).isEqualTo(WIDEST);
  }

  @Test
  void itIsWidenedOnceOnly() throws Exception {
    try (Http2Client client = new Http2Client(server)) {
      asked(client, 1);
      asked(client, 3);

      assertThat(client.granted()).isEqualTo(WIDEST);
    }
  }

  @Test
  void whoUploadsNothingTakesNothing() throws Exception {
    try (Http2Client client = new Http2Client(server)) {
      client.whole(1, "HEAD", "/files/nothing", "tus-resumable", "1.0.0").flush();
      client.answer(1);

      assertThat(client.granted()).isZero();
    }
  }

  @Test
  void allTogetherGetWhatThereIs() throws Exception {
    List<Http2Client> clients = new ArrayList<>();
    try {
      long granted = 0;
      for (int i = 0; i < 100; i++) {
        Http2Client client = new Http2Client(server);
        clients.add(client);
        asked(client, 1);
        granted += client.granted();
      }

      assertThat(granted).isBetween(MEMORY / 2, MEMORY);
      assertThat(grantedToANewOne()).isLessThan(WIDEST / 4);
    } finally {
      for (Http2Client client : clients) {
        client.close();
      }
    }
    assertThat(Eventually.holds(() -> grantedToANewOne() == WIDEST)).isTrue();
  }

  private long grantedToANewOne() {
    try (Http2Client client = new Http2Client(server)) {
      asked(client, 1);
      return client.granted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks for something, and has read all that was sent until the answer. */
  private static void asked(Http2Client client, int stream) throws IOException, Http2Exception {
    client.request(stream, "HEAD", "/files/nothing", "tus-resumable", "1.0.0");
    client.end(stream).flush();
    client.answer(stream);
  }
}
