package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import dev.upload.http.TestBeans;
import dev.upload.http.WatchedStore;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One upload from its creation, which breaks, to the file, in the words of each version: what names
 * and statuses its revisions of the draft give, written out here once more.
 */
@MicronautTest
@Property(name = "upload.http.resumable.progress-bytes", value = "5")
@Property(name = "upload.http.resumable.progress-interval", value = "1h") // by bytes only
class WholeUploadTest {

  @Inject EmbeddedServer server;
  @Inject WatchedStore writing;

  private final String id = UUID.randomUUID().toString();
  private final String upload = "/files/" + id;

  @ParameterizedTest(name = "version {0}")
  @CsvSource(
      textBlock =
          """
          # version, completeness,      open, done, type of appends,            progress, age,     append, offset told
          3,         upload-incomplete, ?1,   ?0,   application/octet-stream,   false,    ,        201,    true
          4,         upload-complete,   ?0,   ?1,   application/octet-stream,   false,    ,        201,    true
          5,         upload-complete,   ?0,   ?1,   application/octet-stream,   true,     ,        201,    true
          6,         upload-complete,   ?0,   ?1,   application/partial-upload, true,     expires, 201,    true
          7,         upload-complete,   ?0,   ?1,   application/partial-upload, true,     max-age, 204,    false
          8,         upload-complete,   ?0,   ?1,   application/partial-upload, true,     max-age, 204,    false
          9,         upload-complete,   ?0,   ?1,   application/partial-upload, true,     max-age, 204,    false
          10,        upload-complete,   ?0,   ?1,   application/partial-upload, true,     max-age, 204,    false
          ,          upload-complete,   ?0,   ?1,   application/partial-upload, false,    max-age, 204,    false
          """)
  void isMadeInTheWordsOfItsVersion(
      @Nullable String version,
      String completeness,
      String open,
      String done,
      String type,
      boolean progress,
      @Nullable String age,
      int appendStatus,
      boolean offsetTold)
      throws Exception {
    Words words = new Words(version, completeness, open, done, type);
    try (RawClient raw = new RawClient(server)) {
      begin(raw, words, progress, age);
      raw.reset();
    }

    try (RawClient raw = new RawClient(server)) {
      String asked = fields(raw.head(words.request("HEAD " + upload)));
      raw.head(words.append(upload, 5, 7, open)).send(bytes(" second"));
      String interim = progress ? fields(raw) : "";
      String appended = fields(raw);
      String last = fields(raw.head(words.append(upload, 12, 5, done)).send(bytes(" last")));
      String after = raw.head(words.request("HEAD " + upload)).readTo("\r\n\r\n");

      assertThat(asked)
          .startsWith("http/1.1 204 ")
          .contains("\r\nupload-offset: 5\r\n", "\r\nupload-length: 17\r\n")
          .contains("\r\n" + completeness + ": " + open + "\r\n")
          .satisfies(text -> assertLimits(text, age));
      assertThat(interim).contains(progress ? "\r\nupload-offset: 10\r\n" : "");
      assertThat(appended)
          .startsWith("http/1.1 " + appendStatus + " ")
          .contains("\r\n" + completeness + ": " + open + "\r\n")
          .satisfies(text -> assertOffset(text, 12, offsetTold));
      assertThat(last)
          .startsWith("http/1.1 201 ")
          .contains("\r\nlocation: http://localhost" + upload + "\r\n", "\"length\":17")
          .contains("\r\n" + completeness + ": " + done + "\r\n")
          .satisfies(text -> assertOffset(text, 17, offsetTold));
      assertThat(after.toLowerCase(Locale.ROOT))
          .contains("\r\nupload-offset: 17\r\n", "\r\nupload-length: 17\r\n")
          .contains("\r\n" + completeness + ": " + done + "\r\n");
    }
    HttpResponse<byte[]> file = new RufhClient(server).get(upload);
    assertThat(file.body()).isEqualTo(bytes("first second last"));
  }

  /** Sends a creation that is to bring everything, until the server has its first bytes. */
  private void begin(RawClient raw, Words words, boolean progress, @Nullable String age)
      throws Exception {
    int writes = writing.writes();
    long taken = writing.taken();
    raw.head(words.creation(id)).send(bytes("first"));
    if (words.version != null) {
      assertThat(fields(raw))
          .startsWith("http/1.1 104 ")
          .contains("\r\nupload-draft-interop-version: " + words.version + "\r\n")
          .contains("\r\nlocation: http://localhost" + upload + "\r\n")
          .satisfies(text -> assertLimits(text, age));
    }
    if (progress) {
      assertThat(fields(raw))
          .startsWith("http/1.1 104 ")
          .contains("\r\nupload-draft-interop-version: " + words.version + "\r\n")
          .contains("\r\nupload-offset: 5\r\n")
          .doesNotContain("\r\nlocation:");
    }
    assertThat(writing.hasBegunMoreThan(writes)).isTrue();
    assertThat(writing.hasTaken(taken, 5)).isTrue();
  }

  /** What a client of one version says. */
  private record Words(
      @Nullable String version, String completeness, String open, String done, String type) {

    /** The length is known from the beginning on, so that every version may tell it. */
    String[] creation(String id) {
      return request(
          "POST /files",
          completeness + ": " + done,
          "Content-Length: 17",
          TestBeans.SINGLE + ": " + id);
    }

    String[] append(String upload, int offset, int length, String value) {
      return request(
          "PATCH " + upload,
          completeness + ": " + value,
          "Upload-Offset: " + offset,
          "Content-Type: " + type,
          "Content-Length: " + length);
    }

    String[] request(String methodAndPath, String... fields) {
      List<String> lines = new ArrayList<>(List.of(methodAndPath + " HTTP/1.1"));
      lines.addAll(List.of(fields));
      if (version != null) {
        lines.add("Upload-Draft-Interop-Version: " + version);
      }
      return lines.toArray(String[]::new);
    }
  }

  /** Reads the next answer, in lower case. */
  private static String fields(RawClient raw) throws Exception {
    return raw.answer().toLowerCase(Locale.ROOT);
  }

  private static void assertLimits(String answer, @Nullable String age) {
    if (age == null) {
      assertThat(answer).doesNotContain("\r\nupload-limit:");
    } else {
      assertThat(answer).containsPattern("\r\nupload-limit: [^\r]*, " + age + "=\\d+\r\n");
    }
  }

  private static void assertOffset(String answer, int offset, boolean told) {
    if (told) {
      assertThat(answer).contains("\r\nupload-offset: " + offset + "\r\n");
    } else {
      assertThat(answer).doesNotContain("\r\nupload-offset:");
    }
  }
}
