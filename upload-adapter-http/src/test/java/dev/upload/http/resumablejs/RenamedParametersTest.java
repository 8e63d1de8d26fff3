package dev.upload.http.resumablejs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.Browser;
import dev.upload.http.Browser.Form;
import dev.upload.http.ClientFile;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@MicronautTest
@Property(name = "upload.http.resumable-js.path", value = "/api/chunks")
@Property(name = "upload.http.resumable-js.parameter-namespace", value = "my-")
@Property(name = "upload.http.resumable-js.file-parameter-name", value = "data")
@Property(name = "upload.http.resumable-js.parameters.chunk-number", value = "no")
@Property(name = "upload.http.resumable-js.parameters.identifier", value = "key")
@Property(name = "upload.http.files.path", value = "/api/done")
class RenamedParametersTest {

  @Inject EmbeddedServer server;

  @Test
  void aClientMaySpeakInNamesOfItsOwn() throws Exception {
    ClientFile file = new ClientFile("a.bin", new byte[] {1, 2, 3}, 100);
    Map<String, String> named = new LinkedHashMap<>();
    file.parameters(1).forEach((name, value) -> named.put("my-" + name, value));
    named.put("my-no", named.getOrDefault("my-resumableChunkNumber", ""));
    named.put("my-key", named.getOrDefault("my-resumableIdentifier", ""));
    named.remove("my-resumableChunkNumber");
    named.remove("my-resumableIdentifier");
    String url = "data:;base64," + Base64.getEncoder().encodeToString(file.chunk(1));

    HttpResponse<String> answer =
        new Browser(server, "/api/chunks")
            .postForm(Map.of(), new Form().fields(named).field("my-data", url));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"state\":\"complete\"", "\"location\":\"/api/done/");
  }

  @Test
  void itsNamesAreInWhatItIsRefused() throws Exception {
    HttpResponse<String> answer =
        new Browser(server, "/api/chunks").postOctet(Map.of("x", "y"), new byte[1]);

    assertThat(answer.body()).contains("\"field\":\"my-no\"");
  }
}
