package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requirements 12 and 13: what a creation says of its file is kept, and is safe whatever it says.
 */
@MicronautTest
class RepresentationTest {

  @Inject EmbeddedServer server;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inline; filename=\"a b.txt\" | a%20b.txt",
        "inline; filename=\"x.txt\"; filename*=UTF-8''%e2%82%ac.txt | %E2%82%AC.txt",
        "attachment; filename*=utf-8'de'gr%C3%BC%C3%9Fe.txt | gr%C3%BC%C3%9Fe.txt",
        "inline; filename=\"x.txt\"; filename*=UTF-8''%zz | x.txt",
        "inline; filename=\"../../etc/passwd\" | passwd",
        "inline; filename=\"C:\\\\temp\\\\a.txt\" | a.txt"
      })
  void theNameIsOfferedForDownloadAndIsNeverAPath(String disposition, String encoded)
      throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = path(client.create(bytes("hello"), true, "Content-Disposition", disposition));

    assertThat(header(client.get(upload), "Content-Disposition"))
        .startsWith("attachment; ")
        .endsWith("filename*=UTF-8''" + encoded);
  }

  @Test
  void theMediaTypeIsThatOfTheCreationAndNotThatOfAppends() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin("Content-Type", "image/png; a=b");

    client.append(upload, 0, bytes("hello"), true);

    assertThat(header(client.get(upload), "Content-Type")).isEqualTo("image/png");
  }

  @Test
  void theMediaTypeOfAppendsSaysNothingOfTheFile() throws Exception {
    RufhClient client = new RufhClient(server, 6);
    String upload = path(client.create(bytes("hello"), true, "Content-Type", RufhClient.TYPE));

    assertThat(header(client.get(upload), "Content-Type")).isEqualTo("application/octet-stream");
  }

  @EveryVersion
  void whatIsCodedIsCountedAndKeptAsItCame(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    byte[] coded = gzip("hello ".repeat(100));
    String upload =
        path(client.create(Arrays.copyOf(coded, 20), false, "Content-Encoding", "gzip"));

    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("20");
    client.append(upload, 20, Arrays.copyOfRange(coded, 20, coded.length), true);

    HttpResponse<byte[]> file = client.get(upload);
    assertThat(file.body()).isEqualTo(coded);
    assertThat(header(file, "Content-Encoding")).isEqualTo("gzip");
  }

  @Test
  void codingsOnSeveralLinesAreOneList() throws Exception {
    RufhClient client = new RufhClient(server);
    String[] lines = {"Content-Encoding", "gzip", "Content-Encoding", "br, zstd"};
    String upload = path(client.create(bytes("hello"), true, lines));

    assertThat(header(client.get(upload), "Content-Encoding")).isEqualTo("gzip, br, zstd");
  }

  @Test
  void codingsThatAreNoneAreNotGivenBack() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = path(client.create(bytes("hello"), true, "Content-Encoding", "g zip/"));

    assertThat(client.get(upload).headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void whatIsAppendedIsNotCodedByItself() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();

    HttpResponse<byte[]> answer =
        client.append(upload, 0, gzip("hello"), true, "Content-Encoding", "gzip");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
  }

  @Test
  void aCodingOnAnotherLineIsOneToo() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    String[] lines = {"Content-Encoding", "identity", "Content-Encoding", "gzip"};

    assertThat(client.append(upload, 0, gzip("hello"), true, lines).statusCode()).isEqualTo(415);
  }

  @Test
  void transferCodingsAreUndoneBeforeBytesAreCounted() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();

    client.append(
        upload,
        0,
        BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes("hello"))),
        false);

    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("5");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(bytes(text));
    }
    return bytes.toByteArray();
  }
}
