package dev.upload.http.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.Browser;
import dev.upload.http.ClientFile;
import dev.upload.http.Eventually;
import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

@MicronautTest(rebuildContext = true)
@Property(name = "upload.drain.timeout", value = "8s") // for four requests
class DrainTest {

  private static final int MIB = 1024 * 1024;

  @Inject EmbeddedServer server;
  @Inject InMemorySessions sessions;
  @Inject Drain drain;

  private final byte[] content = Bytes.random(2 * MIB, 1);
  private final ClientFile one = new ClientFile("one.bin", content, 2 * MIB);
  private final ClientFile other = new ClientFile("other.bin", content, 2 * MIB);
  private final ClientFile late = new ClientFile("late.bin", content, 2 * MIB);

  @Test
  void runningBodiesHaveTheirTimeAndNewOnesAreSentAway() throws Exception {
    Browser browser = new Browser(server);
    AtomicBoolean closed = new AtomicBoolean();
    try (RawClient quick = begun(one);
        RawClient slow = begun(other)) {
      assertThat(Eventually.holds(() -> sessions.count() == 2)).isTrue();
      Thread draining = Thread.ofPlatform().start(() -> run(closed));
      assertThat(Eventually.holds(drain::refusing)).isTrue();

      HttpResponse<String> refused = browser.postOctet(late, 1);
      HttpResponse<String> asked = browser.test(one, 1);
      quick.send(Arrays.copyOfRange(content, MIB, 2 * MIB));

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.headers().firstValue("Connection")).contains("close");
      assertThat(asked.statusCode()).isEqualTo(204);
      assertThat(quick.answer()).startsWith("HTTP/1.1 200");
      assertThat(closed).isFalse();
      assertThat(slow.answer()).startsWith("HTTP/1.1 423");
      draining.join();
      assertThat(closed).isTrue();
      assertThat(sessions.count()).isEqualTo(2);
    }
  }

  private RawClient begun(ClientFile file) throws Exception {
    return new RawClient(server)
        .head(
            "POST /uploads?" + ClientFile.query(file.parameters(1)) + " HTTP/1.1",
            "Content-Length: " + content.length)
        .send(Arrays.copyOf(content, MIB));
  }

  private void run(AtomicBoolean closed) {
    GracefulShutdownCapable connections =
        () -> {
          closed.set(true);
          return CompletableFuture.completedFuture(null);
        };
    try {
      drain.run(connections);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
