package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.http.TestBeans;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule 10: clients are told when an unfinished upload expires. */
@MicronautTest(rebuildContext = true)
class ExpirationTest {

  @Inject EmbeddedServer server;
  @Inject Uploads uploads;

  private TusClient client;

  @BeforeEach
  void open() {
    client = new TusClient(server);
  }

  @Test
  void everyAnswerAboutAnUnfinishedUploadSaysWhen() throws Exception {
    HttpResponse<byte[]> created = client.post("Upload-Length", "5");
    String upload = TusClient.path(created);
    HttpResponse<byte[]> appended = client.patch(upload, 0, bytes("he"));
    HttpResponse<byte[]> asked = client.head(upload);

    assertThat(expires(created)).isBetween(inThreeDays(-60), inThreeDays(1));
    assertThat(expires(appended)).isAfterOrEqualTo(expires(created));
    assertThat(expires(asked)).isEqualTo(expires(appended));
  }

  private static Instant inThreeDays(int seconds) {
    return Instant.now().plus(TestBeans.EXPIRY).plusSeconds(seconds);
  }

  private static Instant expires(HttpResponse<?> answer) {
    String text = header(answer, "Upload-Expires");
    assertThat(text).matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  @Test
  void aFinishedUploadDoesNotExpire() throws Exception {
    HttpResponse<byte[]> created = client.post(bytes("hello"), "Upload-Length", "5");
    String upload = TusClient.path(created);

    assertThat(created.headers().firstValue("Upload-Expires")).isEmpty();
    assertThat(client.head(upload).headers().firstValue("Upload-Expires")).isEmpty();
    assertThat(uploads.purgeExpired(Duration.ofNanos(1)).done()).isZero();
    assertThat(client.get(upload).statusCode()).isEqualTo(200);
  }

  @Test
  void anExpiredUploadIsNotThereAnyMore() throws Exception {
    String upload = client.create(5);
    Thread.sleep(5);

    uploads.purgeExpired(Duration.ofNanos(1));

    assertThat(client.head(upload).statusCode()).isIn(404, 410);
    assertThat(client.patch(upload, 0, bytes("hello")).statusCode()).isIn(404, 410);
  }
}
