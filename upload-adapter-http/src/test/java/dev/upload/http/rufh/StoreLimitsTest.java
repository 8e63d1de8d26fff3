package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.testing.InMemoryChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.RawClient;
import dev.upload.http.TestBeans;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requirement 10: nobody is promised more than the store has room for. */
@MicronautTest
@Property(name = "test.store-limits", value = "true")
class StoreLimitsTest {

  @Inject EmbeddedServer server;

  /**
   * A store that has room for 700 bytes, and keeps 500 where nobody says how many there will be.
   */
  @Factory
  @Requires(property = "test.store-limits")
  static final class Small {
    @Singleton
    @Replaces(value = Uploads.class, factory = TestBeans.class)
    Uploads uploads(InMemorySessions sessions) {
      return Uploads.over(new InMemoryChunkStore(700, 500), sessions).build();
    }
  }

  @Test
  void whatItCanHoldIsToldAndHeldTo() throws Exception {
    RufhClient client = new RufhClient(server);

    HttpResponse<byte[]> asked = client.options();
    HttpResponse<byte[]> most = client.create(new byte[0], false, "Upload-Length", "700");
    HttpResponse<byte[]> more = client.create(new byte[0], false, "Upload-Length", "701");

    assertThat(header(asked, "Upload-Limit")).startsWith("max-size=700, ");
    assertThat(header(most, "Upload-Limit")).startsWith("max-size=700, ");
    assertThat(header(client.head(path(most)), "Upload-Limit")).startsWith("max-size=700, ");
    assertThat(more.statusCode()).isEqualTo(413);
    assertThat(header(more, "Upload-Limit")).startsWith("max-size=700, ");
  }

  @Test
  void whoDoesNotSayHowLongAnUploadWillBeIsToldWhatIsKeptForIt() throws Exception {
    RufhClient client = new RufhClient(server);
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.lines("POST /files", false, "Transfer-Encoding: chunked"));
      String interim = raw.answer();
      raw.send(bytes("0\r\n\r\n"));
      String created = raw.answer();

      assertThat(interim).startsWith("HTTP/1.1 104").containsIgnoringCase("-limit: max-size=500, ");
      assertThat(created).startsWith("HTTP/1.1 201").containsIgnoringCase("-limit: max-size=500, ");
    }
    assertThat(header(client.head(client.begin()), "Upload-Limit")).startsWith("max-size=500, ");
  }

  @Test
  void theyAreHeldToItAndMayStillHaveIt() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();

    HttpResponse<byte[]> said =
        client.append(upload, 0, new byte[0], false, "Upload-Length", "501");
    HttpResponse<byte[]> sent = client.append(upload, 0, new byte[501], false);
    HttpResponse<byte[]> all = client.append(upload, 0, new byte[501], true);

    for (HttpResponse<byte[]> refused : List.of(said, sent, all)) {
      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(header(refused, "Upload-Limit")).startsWith("max-size=500, ");
      assertThat(header(refused, "Upload-Complete")).isEqualTo("?0");
    }
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
    assertThat(client.append(upload, 0, new byte[500], true).statusCode()).isEqualTo(201);
  }
}
