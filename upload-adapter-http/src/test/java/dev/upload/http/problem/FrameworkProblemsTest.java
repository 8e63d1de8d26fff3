package dev.upload.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.Browser;
import dev.upload.http.ClientFile;
import dev.upload.http.RawClient;
import dev.upload.http.TestBeans;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@MicronautTest
class FrameworkProblemsTest {

  private static final Map<String, String> PAGE = Map.of("Accept", "text/html");

  @Inject EmbeddedServer server;

  @Test
  void anUnknownPathIsNoPage() throws Exception {
    HttpResponse<String> answer =
        new Browser(server, "/nowhere").send("GET", Map.of(), BodyPublishers.noBody(), PAGE);

    isProblem(answer, 404);
  }

  @Test
  void anotherMethodIsNamedAsSuch() throws Exception {
    HttpResponse<String> answer =
        new Browser(server).send("DELETE", Map.of(), BodyPublishers.noBody(), PAGE);

    isProblem(answer, 405);
    assertThat(answer.headers().firstValue("Allow").orElse("")).contains("POST", "GET");
  }

  @Test
  void aDefectIs500AndTellsNothing() throws Exception {
    ClientFile file = new ClientFile("a.bin", new byte[10], 100);

    HttpResponse<String> answer =
        new Browser(server)
            .send(
                "POST",
                file.parameters(1),
                BodyPublishers.ofByteArray(file.chunk(1)),
                Map.of(TestBeans.DEFECT, "1"));

    isProblem(answer, 500);
    assertThat(answer.body()).doesNotContain("defect", "Exception");
  }

  @Test
  void aLongUrlIsTaken() throws Exception {
    ClientFile file = new ClientFile("ж".repeat(200), new byte[10], 100);
    Map<String, String> parameters = Browser.with(file.parameters(1), "own", "x".repeat(60_000));

    assertThat(
            new Browser(server)
                .send("GET", parameters, BodyPublishers.noBody(), Map.of())
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void aUrlThatIsTooLongIsAProblem() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head("GET /uploads?x=" + "y".repeat(70_000) + " HTTP/1.1");

      assertThat(client.answer()).contains(" 414 ", "problem+json", "\"status\":414");
    }
  }

  @Test
  void aUrlThatCannotBeReadIsAProblem() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head("GET /uploads?resumableChunkNumber=%zz HTTP/1.1");

      assertThat(client.answer()).startsWith("HTTP/1.1 400").contains("problem+json");
    }
  }

  private static void isProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"status\":" + status, "\"title\":", "\"detail\":");
  }
}
