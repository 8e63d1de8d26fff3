package dev.upload.http.resumablejs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.UploadId;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.Browser;
import dev.upload.http.Browser.Form;
import dev.upload.http.ClientFile;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(rebuildContext = true)
class ProtocolTest {

  @Inject EmbeddedServer server;
  @Inject Uploads uploads;
  @Inject InMemorySessions sessions;
  @Inject FaultyChunkStore store;

  private final byte[] content = Bytes.random(2_500, 1);
  private final ClientFile file = new ClientFile("a.bin", content, 1_000);
  private Browser browser;

  @BeforeEach
  void open() {
    browser = new Browser(server);
  }

  @Test
  void aTestTellsWhetherTheChunkIsThere() throws Exception {
    HttpResponse<String> before = browser.test(file, 1);
    browser.postOctet(file, 1);
    HttpResponse<String> after = browser.test(file, 1);
    HttpResponse<String> other = browser.test(file, 2);

    assertThat(before.statusCode()).isEqualTo(204);
    assertThat(before.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body()).contains("\"received\":1000").doesNotContain("chunks");
    assertThat(other.statusCode()).isEqualTo(204);
  }

  @Test
  void everyAnswerOfAFinishedFileTellsWhereItIs() throws Exception {
    browser.postOctet(file, 1);
    browser.postOctet(file, 2);

    HttpResponse<String> test = browser.test(file, 1);
    HttpResponse<String> again = browser.postOctet(file, 2);

    assertThat(test.body())
        .contains("\"location\":\"/files/", "\"filename\":\"a.bin\"", "/a.bin\"");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(test.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void everyMethodUploadsAndTests(String method) throws Exception {
    HttpResponse<String> absent =
        browser.send(method, file.parameters(1), BodyPublishers.noBody(), Map.of());
    HttpResponse<String> stored =
        browser.send(
            method, file.parameters(1), BodyPublishers.ofByteArray(file.chunk(1)), Map.of());
    HttpResponse<String> present =
        browser.send(method, file.parameters(1), BodyPublishers.noBody(), Map.of());

    assertThat(absent.statusCode()).isEqualTo(204);
    assertThat(stored.statusCode()).isEqualTo(200);
    assertThat(present.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*/*", "text/html", "application/json", "text/plain", "image/png", "nonsense"})
  void theAnswerIsJsonWhateverIsAccepted(String accept) throws Exception {
    Map<String, String> headers = Map.of("Accept", accept);
    HttpResponse<String> stored =
        browser.send(
            "POST", file.parameters(1), BodyPublishers.ofByteArray(file.chunk(1)), headers);
    HttpResponse<String> test =
        browser.send("GET", file.parameters(1), BodyPublishers.noBody(), headers);
    HttpResponse<String> refused = browser.send("GET", Map.of(), BodyPublishers.noBody(), headers);

    assertThat(stored.statusCode()).isEqualTo(200);
    assertThat(stored.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(test.statusCode()).isEqualTo(200);
    assertThat(test.body()).isEqualTo(stored.body());
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void headTestsWithoutABody() throws Exception {
    HttpResponse<String> absent =
        browser.send("HEAD", file.parameters(1), BodyPublishers.noBody(), Map.of());
    browser.postOctet(file, 1);
    HttpResponse<String> present =
        browser.send("HEAD", file.parameters(1), BodyPublishers.noBody(), Map.of());

    assertThat(absent.statusCode()).isEqualTo(204);
    assertThat(present.statusCode()).isEqualTo(200);
    assertThat(present.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image/png",
        "application/json",
        "text/html",
        "nonsense",
        "text/plain;charset",
        "text/plain; name=\"x"
      })
  void octetsAreOctetsWhateverTheirType(String type) throws Exception {
    HttpResponse<String> answer =
        browser.send(
            "POST",
            file.parameters(1, "flow"),
            BodyPublishers.ofByteArray(file.chunk(1)),
            Map.of("Content-Type", type));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void flowSendsItsParametersInTheFormOnly() throws Exception {
    HttpResponse<String> first =
        browser.postForm(Map.of(), new Form().fields(file.parameters(1, "flow")).file(file, 1));
    HttpResponse<String> last =
        browser.postForm(Map.of(), new Form().fields(file.parameters(2, "flow")).file(file, 2));

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(ClientFile.stored(uploads, last.body())).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flow", ""})
  void flowTestsWithAFormWithoutAFile(String prefix) throws Exception {
    Form form = new Form().fields(file.parameters(1, prefix));
    HttpResponse<String> absent = browser.postForm(Map.of(), form);
    browser.postOctet(file.parameters(1, prefix), file.chunk(1));
    HttpResponse<String> present =
        browser.postForm(Map.of(), new Form().fields(file.parameters(1, prefix)));

    assertThat(absent.statusCode()).isEqualTo(204);
    assertThat(present.statusCode()).isEqualTo(200);
  }

  @Test
  void simpleUploaderLearnsAllStoredChunksFromOneTest() throws Exception {
    ClientFile many = new ClientFile("many.bin", Bytes.random(10_500, 1), 1_000);
    for (int number : new int[] {1, 2, 5, 10}) {
      browser.postOctet(many.parameters(number, ""), many.chunk(number));
    }

    HttpResponse<String> test =
        browser.send("GET", many.parameters(1, ""), BodyPublishers.noBody(), Map.of());

    assertThat(test.statusCode()).isEqualTo(200);
    assertThat(test.body()).contains("\"chunks\":[1,2,5,10]");
  }

  @Test
  void aChunkOfTheOtherTilingIsNotListedForALongerOne() throws Exception {
    byte[] bytes = Bytes.random(10_500, 1);
    ClientFile many = new ClientFile("many.bin", bytes, 1_000);
    ClientFile forced = new ClientFile("many.bin", bytes, new ChunkGrid(10_500, 1_000, 11));
    browser.postOctet(many.parameters(1, ""), many.chunk(1));
    browser.postOctet(forced.parameters(10, ""), forced.chunk(10));

    HttpResponse<String> test =
        browser.send("GET", many.parameters(1, ""), BodyPublishers.noBody(), Map.of());

    assertThat(test.body()).contains("\"received\":2000").contains("\"chunks\":[1]");
  }

  @Test
  void parametersMayBeInTheQueryAlone() throws Exception {
    HttpResponse<String> answer = browser.postForm(file.parameters(1), new Form().file(file, 1));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void fieldsMayFollowTheFile() throws Exception {
    Form form = new Form().file(file, 1).fields(file.parameters(1)).field("own", "x");

    HttpResponse<String> answer = browser.postForm(file.parameters(1), form);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"received\":1000");
  }

  @Test
  void base64IsDecoded() throws Exception {
    for (int number = 1; number <= 2; number++) {
      String url =
          "data:application/octet-stream;base64,"
              + Base64.getEncoder().encodeToString(file.chunk(number));
      HttpResponse<String> answer =
          browser.postForm(
              file.parameters(number),
              new Form().fields(file.parameters(number)).field("file", url));

      assertThat(answer.statusCode()).isEqualTo(200);
    }

    assertThat(ClientFile.stored(uploads, browser.test(file, 1).body())).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEmptyFileIsOneEmptyChunk(boolean octet) throws Exception {
    ClientFile empty = new ClientFile("empty", new byte[0], 1_000);
    HttpResponse<String> before = browser.test(empty, 1);

    HttpResponse<String> answer = octet ? browser.postOctet(empty, 1) : browser.postForm(empty, 1);

    assertThat(before.statusCode()).isEqualTo(204);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"state\":\"complete\"", "\"length\":0");
    assertThat(browser.test(empty, 1).statusCode()).isEqualTo(200);
  }

  @Test
  void theRestMayBeAChunkOfItsOwn() throws Exception {
    ClientFile forced = new ClientFile("f.bin", content, new ChunkGrid(2_500, 1_000, 3));

    browser.postForm(forced, 3);
    browser.postForm(forced, 1);
    HttpResponse<String> last = browser.postForm(forced, 2);

    assertThat(ClientFile.stored(uploads, last.body())).isEqualTo(content);
  }

  @Test
  void theCountTellsOfTheRestWhereTheChunksOwnSizeIsNotSaid() throws Exception {
    ClientFile forced = new ClientFile("f.bin", content, new ChunkGrid(2_500, 1_000, 3));
    for (int number : new int[] {2, 3}) {
      Map<String, String> parameters =
          Browser.without(forced.parameters(number), "resumableCurrentChunkSize");

      assertThat(browser.postOctet(parameters, forced.chunk(number)).statusCode()).isEqualTo(200);
    }

    HttpResponse<String> last = browser.postOctet(forced, 1);

    assertThat(ClientFile.stored(uploads, last.body())).isEqualTo(content);
  }

  @Test
  void aCountThatIsTooSmallIsNotBelieved() throws Exception {
    HttpResponse<String> answer =
        browser.postOctet(
            Browser.with(file.parameters(1), "resumableTotalChunks", "1"), file.chunk(1));
    HttpResponse<String> last = browser.postOctet(file, 2);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ClientFile.stored(uploads, last.body())).isEqualTo(content);
  }

  @Test
  void aCountThatGrowsWhileTheFileIsCutIsNoOtherFile() throws Exception {
    ClientFile forced = new ClientFile("f.bin", content, new ChunkGrid(2_500, 1_000, 3));

    HttpResponse<String> first =
        browser.postOctet(
            Browser.with(forced.parameters(1), "resumableTotalChunks", "1"), forced.chunk(1));
    HttpResponse<String> last = first;
    for (int number = 2; number <= forced.chunks(); number++) {
      last = browser.postOctet(forced, number);
    }

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(ClientFile.stored(uploads, last.body())).isEqualTo(content);
  }

  @Test
  void parametersThatMayBeLeftOutMayBeLeftOut() throws Exception {
    Map<String, String> few = new LinkedHashMap<>(file.parameters(1));
    List.of(
            "resumableCurrentChunkSize",
            "resumableType",
            "resumableRelativePath",
            "resumableTotalChunks")
        .forEach(few::remove);

    assertThat(browser.postOctet(few, file.chunk(1)).statusCode()).isEqualTo(200);
  }

  @Test
  void aFileOfGigabytesHasItsChunksWhereTheyBelong() throws Exception {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("resumableChunkNumber", "5000000");
    parameters.put("resumableChunkSize", "1000");
    parameters.put("resumableTotalSize", "5000000010");
    parameters.put("resumableIdentifier", "5000000010-big");
    parameters.put("resumableFilename", "big");

    HttpResponse<String> answer = browser.postOctet(parameters, Bytes.random(1_010, 1));

    String id = answer.body().replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(uploads.describe(new UploadId(id)).orElseThrow().received().asList())
        .containsExactly(new ByteRange(4_999_999_000L, 5_000_000_010L));
  }

  @Test
  void filesThatDifferInAnythingSaidAreDifferentUploads() throws Exception {
    browser.postOctet(file, 1);

    for (String name :
        List.of("resumableFilename", "resumableRelativePath", "resumableIdentifier")) {
      Map<String, String> other = Browser.with(file.parameters(1), name, "other");
      assertThat(browser.send("GET", other, BodyPublishers.noBody(), Map.of()).statusCode())
          .isEqualTo(204);
      assertThat(browser.postOctet(other, file.chunk(1)).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> somebodyElse =
        browser.send("GET", file.parameters(1), BodyPublishers.noBody(), Map.of("X-Owner", "bob"));

    assertThat(somebodyElse.statusCode()).isEqualTo(204);
    assertThat(sessions.count()).isEqualTo(4);
  }

  @Test
  void firstChunksThatRaceMakeOneUpload() throws Exception {
    ClientFile large = new ClientFile("large.bin", Bytes.random(64_000, 1), 1_000);
    try (ExecutorService parallel = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> requests =
          IntStream.range(0, 2 * large.chunks())
              .<Callable<Integer>>mapToObj(
                  i -> () -> browser.postForm(large, 1 + i % large.chunks()).statusCode())
              .toList();

      for (Future<Integer> status : parallel.invokeAll(requests)) {
        assertThat(status.get()).isEqualTo(200);
      }
    }

    assertThat(sessions.count()).isOne();
    assertThat(browser.test(large, 1).body()).contains("\"state\":\"complete\"");
  }

  @Test
  void anyNameComesThroughAForm() throws Exception {
    ClientFile odd = new ClientFile("../a b \"q\" 50% + & # 🎉.txt", content, 5_000);

    HttpResponse<String> answer = browser.postForm(odd, 1);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"filename\":\"../a b \\\"q\\\" 50% + & # 🎉.txt\"");
    assertThat(answer.body())
        .containsPattern("\"destination\":\"[0-9a-f]{64}/a b _q_ 50% \\+ & # 🎉.txt\"");
  }

  @Test
  void aStoreThatFailsIs503AndTheRequestMayBeRepeated() throws Exception {
    store.failWrites(1);

    HttpResponse<String> failed = browser.postOctet(file, 1);
    HttpResponse<String> test = browser.test(file, 1);
    HttpResponse<String> repeated = browser.postOctet(file, 1);

    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(failed.headers().firstValue("Retry-After")).isPresent();
    assertThat(failed.body()).contains("storage-unavailable").doesNotContain("injected");
    assertThat(test.statusCode()).isEqualTo(204);
    assertThat(repeated.statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyIsToldThereForAFileThatIsNotFinished() throws Exception {
    browser.postOctet(file, 1);
    store.failAssemblies(2);

    HttpResponse<String> failed = browser.postOctet(file, 2);
    HttpResponse<String> test = browser.test(file, 1);
    HttpResponse<String> later = browser.test(file, 1);

    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(test.statusCode()).isEqualTo(503);
    assertThat(later.statusCode()).isEqualTo(200);
    assertThat(ClientFile.stored(uploads, later.body())).isEqualTo(content);
  }
}
