package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.body;
import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.http.Eventually;
import dev.upload.http.RawClient;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement 6: whoever lost the last answer on the wire learns what it was. */
@MicronautTest
class LostAnswerTest {

  private static final byte[] WHOLE = bytes("hello world");

  @Inject EmbeddedServer server;
  @Inject FaultyChunkStore store;

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 5, 9, 10})
  void theAnswerToTheCreationIsGivenAgainAsItWas(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);

    String lost = lost(client.lines("POST /files", true, "Content-Length: 11"));

    assertGivenAgain(client, lost);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 5, 9, 10})
  void theAnswerToTheLastAppendIsGivenAgainAsItWas(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);

    String lost = lost(client.appendLines(client.begin(), 0, true, "Content-Length: 11"));

    assertGivenAgain(client, lost);
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8})
  void inBetweenAQuestionTellsThatTheUploadIsCompleteAndSoDoesTheProblem(int version)
      throws Exception {
    RufhClient client = new RufhClient(server, version);

    String lost = lost(client.appendLines(client.begin(), 0, true, "Content-Length: 11"));
    String upload = upload(lost);
    HttpResponse<byte[]> asked = client.head(upload);
    HttpResponse<byte[]> again = client.append(upload, 11, new byte[0], true);

    assertThat(lost).startsWith("HTTP/1.1 201");
    assertThat(client.complete(asked)).isEqualTo("?1");
    assertThat(header(asked, "Upload-Offset")).isEqualTo("11");
    assertThat(header(asked, "Upload-Length")).isEqualTo("11");
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(body(again)).contains("http-problem-types#completed-upload");
    assertThat(client.get(upload).body()).isEqualTo(WHOLE);
  }

  /** Nobody hears it: the client is gone before there is an answer. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 5, 9, 10})
  void anAnswerThatNobodyHeardIsGivenToWhoComesBack(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();
    int before = store.assemblies();
    try (RawClient raw = new RawClient(server)) {
      store.beforeAssembly(Ending.RESET.of(raw));
      raw.head(client.appendLines(upload, 0, true, "Content-Length: 11")).send(WHOLE);
      assertThat(Eventually.holds(() -> store.assemblies() > before)).isTrue();
    }

    HttpResponse<byte[]> again = client.append(upload, 11, new byte[0], true);
    HttpResponse<byte[]> onceMore = client.append(upload, 11, new byte[0], true);

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(client.complete(again)).isEqualTo("?1");
    assertThat(header(again, "Location")).endsWith(upload);
    assertThat(body(again)).contains("\"location\":\"" + upload + "\"", "\"length\":11");
    assertThat(onceMore.body()).isEqualTo(again.body());
  }

  private void assertGivenAgain(RufhClient client, String lost) throws Exception {
    HttpResponse<byte[]> again = client.append(upload(lost), 11, new byte[0], true);

    assertThat(lost).startsWith("HTTP/1.1 201");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(lost).endsWith("\r\n\r\n" + body(again));
    for (String field :
        new String[] {"Content-Type", "Upload-Complete", "Upload-Incomplete", "Upload-Offset"}) {
      assertThat(header(again, field)).as(field).isEqualTo(field(lost, field));
    }
    assertThat(header(again, "Location")).endsWith(upload(lost));
    assertThat(client.get(upload(lost)).body()).isEqualTo(WHOLE);
  }

  /** Returns the answer to a request that brings everything, as it was on the wire. */
  private String lost(String... head) throws Exception {
    try (RawClient raw = new RawClient(server)) {
      raw.head(head).send(WHOLE);
      String answer = raw.answer();
      while (answer.startsWith("HTTP/1.1 104")) {
        answer = raw.answer();
      }
      raw.reset();
      return answer;
    }
  }

  private static String upload(String answer) {
    return field(answer, "Location").replaceFirst("^http://[^/]*", "");
  }

  private static String field(String answer, String name) {
    Matcher found = Pattern.compile("(?i)\r\n" + name + ": ([^\r]*)\r\n").matcher(answer);
    return found.find() ? found.group(1) : "";
  }
}
