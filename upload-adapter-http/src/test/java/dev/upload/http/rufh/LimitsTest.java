package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.body;
import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.TestBeans;
import dev.upload.http.WatchedStore;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requirements 3 and 10: limits are told beforehand, held, and told again where they are broken.
 */
@MicronautTest
@Property(name = "test.limits", value = "true")
class LimitsTest {

  private static final String SIZES =
      "max-size=100, min-size=4, max-append-size=20, min-append-size=3";
  private static final String ALL = SIZES + ", max-age=" + TestBeans.EXPIRY.toSeconds();

  @Inject EmbeddedServer server;

  /** Uploads with narrow limits. */
  @Factory
  @Requires(property = "test.limits")
  static final class Narrow {
    @Singleton
    @Replaces(value = Uploads.class, factory = TestBeans.class)
    Uploads uploads(WatchedStore store, InMemorySessions sessions) {
      return Uploads.over(store, sessions).limits(new UploadLimits(100, 50, 20, 10, 4, 3)).build();
    }
  }

  @ParameterizedTest
  @CsvSource({"6,expires", "7,max-age", "8,max-age", "9,max-age", "10,max-age", "0,max-age"})
  void optionsTellsAllOfThem(int version, String key) throws Exception {
    HttpResponse<byte[]> answer = new RufhClient(server, version).options();

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "Upload-Limit")).isEqualTo(ALL.replace("max-age", key));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void versionsThatKnowNoneAreToldNone(int version) throws Exception {
    assertThat(new RufhClient(server, version).options().headers().firstValue("Upload-Limit"))
        .isEmpty();
  }

  @Test
  void optionsThatIsPartOfAnUploadTellsNone() throws Exception {
    HttpResponse<byte[]> answer = new RufhClient(server).options("Upload-Complete", "?1");

    assertThat(answer.headers().firstValue("Upload-Limit")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"7,", "8,application/partial-upload", "9,", "10,", "0,"})
  void onlyOneVersionTellsTheMediaTypeThere(int version, String type) throws Exception {
    HttpResponse<byte[]> answer = new RufhClient(server, version).options();

    assertThat(answer.headers().firstValue("Accept-Patch").orElse(null)).isEqualTo(type);
  }

  @Test
  void anUploadHasNoStricterOnesThanWereTold() throws Exception {
    RufhClient client = new RufhClient(server);

    HttpResponse<byte[]> created = client.create(new byte[0], false);

    assertThat(header(created, "Upload-Limit")).startsWith(SIZES + ", max-age=2");
    assertThat(header(client.head(path(created)), "Upload-Limit")).startsWith(SIZES);
  }

  @EveryVersion
  void aLengthBeyondTheMostIs413AndNothingIsBegun(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);

    HttpResponse<byte[]> answer = client.create(new byte[0], false, "Upload-Length", "101");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(client.complete(answer)).isEqualTo("?0");
    assertThat(header(answer, "Upload-Limit").startsWith(SIZES))
        .isEqualTo(version == 0 || version >= 6);
  }

  @EveryVersion
  void anAppendBeyondTheMostIs413AndASmallerOneIsTaken(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();

    HttpResponse<byte[]> announced = client.append(upload, 0, new byte[21], false);
    HttpResponse<byte[]> streamed =
        client.append(
            upload,
            0,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[21])),
            false);

    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(header(announced, "Upload-Limit").startsWith(SIZES))
        .isEqualTo(version == 0 || version >= 6);
    assertThat(streamed.statusCode()).isEqualTo(413);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
    assertThat(client.append(upload, 0, new byte[20], false).statusCode()).isBetween(200, 204);
  }

  @Test
  void aCreationBeyondTheMostOfAnAppendIs413() throws Exception {
    HttpResponse<byte[]> answer = new RufhClient(server).create(new byte[21], true);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(header(answer, "Upload-Limit")).isEqualTo(ALL);
  }

  @Test
  void theLimitOfTheWholeHoldsWhateverTheRequestsHave() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    for (int offset = 0; offset < 100; offset += 20) {
      client.append(upload, offset, new byte[20], false);
    }

    HttpResponse<byte[]> answer = client.append(upload, 100, new byte[3], true);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(client.append(upload, 100, new byte[0], true).statusCode()).isEqualTo(201);
  }

  @Test
  void aLengthBelowTheLeastIsRefusedWithTheLimits() throws Exception {
    HttpResponse<byte[]> answer =
        new RufhClient(server).create(new byte[0], false, "Upload-Length", "3");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "Upload-Limit")).isEqualTo(ALL);
  }

  @EveryVersion
  void anAppendBelowTheLeastIsRefusedUnlessItIsTheLast(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), false));

    HttpResponse<byte[]> tooSmall = client.append(upload, 5, bytes("!!"), false);
    HttpResponse<byte[]> last = client.append(upload, 5, bytes("!"), true);

    assertThat(tooSmall.statusCode()).isEqualTo(400);
    assertThat(client.complete(tooSmall)).isEqualTo("?0");
    assertThat(last.statusCode()).isEqualTo(201);
  }

  @Test
  void aCreationBelowItIsRefusedTooUnlessItIsEmpty() throws Exception {
    RufhClient client = new RufhClient(server);

    HttpResponse<byte[]> tooSmall = client.create(bytes("!!"), false);

    assertThat(tooSmall.statusCode()).isEqualTo(400);
    assertThat(body(tooSmall)).contains("too-small");
    assertThat(header(tooSmall, "Upload-Limit")).startsWith(SIZES);
    assertThat(client.create(new byte[0], false).statusCode()).isEqualTo(201);
  }
}
