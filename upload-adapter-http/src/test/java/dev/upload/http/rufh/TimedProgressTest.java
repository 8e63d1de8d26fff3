package dev.upload.http.rufh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement 6: who slows down hears of what has come, though no piece is full. */
@MicronautTest
@Property(name = "upload.http.resumable.progress-interval", value = "200ms")
class TimedProgressTest {

  private static final int MIB = 1024 * 1024;
  private static final Pattern OFFSET = Pattern.compile("(?i)\r\nUpload-Offset: (\\d+)\r\n");

  @Inject EmbeddedServer server;

  /** With a rest that is larger than any piece, and with one that is not. */
  @ParameterizedTest
  @ValueSource(ints = {2, 64})
  void whatCameBeforeASenderSlowedDownIsTold(int announcedMib) throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    try (RawClient raw = new RawClient(server)) {
      String length = "Content-Length: " + announcedMib * MIB;
      raw.head(client.appendLines(upload, 0, true, length)).send(new byte[MIB]);
      heardOf(MIB, raw);

      raw.send(new byte[3]);
      heardOf(MIB + 3, raw);
    }
  }

  /** Reads until the offset is told, which never goes back, and is never told twice. */
  private static void heardOf(long expected, RawClient raw) throws IOException {
    long told = 0;
    while (told < expected) {
      String interim = raw.answer();
      Matcher offset = OFFSET.matcher(interim);
      assertThat(interim).startsWith("HTTP/1.1 104");
      assertThat(offset.find()).isTrue();
      assertThat(Long.parseLong(offset.group(1))).isGreaterThan(told).isLessThanOrEqualTo(expected);
      told = Long.parseLong(offset.group(1));
    }
  }
}
