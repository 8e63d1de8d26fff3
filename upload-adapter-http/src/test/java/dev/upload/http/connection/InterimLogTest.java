package dev.upload.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.upload.http.Eventually;
import dev.upload.http.Http2Client;
import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The access log tells answers, and nothing that was said before them. */
@MicronautTest(rebuildContext = true)
@Property(name = "micronaut.server.http-version", value = "2.0")
@Property(name = "micronaut.server.netty.access-logger.enabled", value = "true")
@Property(name = "micronaut.server.netty.access-logger.log-format", value = "%r %s")
@Property(name = "test.talkative", value = "true")
@Timeout(60)
class InterimLogTest {

  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  @Inject EmbeddedServer server;

  private final Logger logger = (Logger) LoggerFactory.getLogger("HTTP_ACCESS_LOGGER");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void hasALineForEachRequestOfHttp11() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head("POST /talkative/a HTTP/1.1", "Content-Length: 5").send(HELLO);
      client.readTo("a 5 true");
      client.head("GET /talkative/b HTTP/1.1");
      client.answer();
    }

    assertThat(Eventually.holds(() -> lines.list.size() == 2)).isTrue();
    assertThat(messages())
        .containsExactly("POST /talkative/a HTTP/1.1 200", "GET /talkative/b HTTP/1.1 200");
  }

  @Test
  void hasALineForEachRequestOfHttp2() throws Exception {
    try (Http2Client client = new Http2Client(server)) {
      client.request(1, "POST", "/talkative/a").end(1, HELLO).flush();
      for (int i = 0; i < 3; i++) {
        client.answer(1);
      }

      assertThat(Eventually.holds(() -> !lines.list.isEmpty())).isTrue();
      assertThat(messages()).containsExactly("POST /talkative/a HTTP/2.0 200");
    }
  }

  private List<String> messages() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
