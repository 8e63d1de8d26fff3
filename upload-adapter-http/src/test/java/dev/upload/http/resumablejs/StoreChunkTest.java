package dev.upload.http.resumablejs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.testing.Bytes;
import dev.upload.http.Browser;
import dev.upload.http.ClientFile;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@MicronautTest(rebuildContext = true)
class StoreChunkTest {

  @Inject EmbeddedServer server;
  @Inject Uploads uploads;

  private final byte[] content = Bytes.random(2_500, 1);
  private final ClientFile file = new ClientFile("a.bin", content, 1_000);

  @Test
  void octetChunksInAnyOrderMakeTheFile() throws Exception {
    Browser browser = new Browser(server);

    HttpResponse<String> first = browser.postOctet(file, 2);
    HttpResponse<String> last = browser.postOctet(file, 1);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).contains("\"state\":\"open\"", "\"received\":1500");
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(last.body()).contains("\"state\":\"complete\"", "\"location\":\"/files/");
    assertThat(ClientFile.stored(uploads, last.body())).isEqualTo(content);
  }

  @Test
  void formsMakeTheFile() throws Exception {
    Browser browser = new Browser(server);

    HttpResponse<String> first = browser.postForm(file, 1);
    HttpResponse<String> last = browser.postForm(file, 2);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(last.body()).contains("\"state\":\"complete\"");
    assertThat(ClientFile.stored(uploads, last.body())).isEqualTo(content);
  }
}
