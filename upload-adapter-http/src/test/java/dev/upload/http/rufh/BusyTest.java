package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.LocalUploadLocks;
import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.UploadId;
import dev.upload.core.port.UploadLocks;
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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement 14: what is refused for now only is 503, whether or not a request says its kind. */
@MicronautTest
@Property(name = "test.busy", value = "true")
class BusyTest {

  /** Somebody who does not give way. */
  private static final UploadLocks.Holder STUBBORN =
      new UploadLocks.Holder() {
        @Override
        public boolean stalled() {
          return false;
        }

        @Override
        public void cut() {}
      };

  @Inject EmbeddedServer server;
  @Inject UploadLocks locks;

  /** Uploads whose leases are waited for a moment only. */
  @Factory
  @Requires(property = "test.busy")
  static final class Impatient {
    @Singleton
    UploadLocks locks() {
      return new LocalUploadLocks(Duration.ofMillis(50));
    }

    @Singleton
    @Replaces(value = Uploads.class, factory = TestBeans.class)
    Uploads uploads(WatchedStore store, InMemorySessions sessions, UploadLocks locks) {
      return Uploads.over(store, sessions).locks(locks).build();
    }
  }

  @EveryVersion
  void anUploadThatIsNotLetGoOfIs503(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), false));

    try (UploadLocks.Lease lease = held(upload)) {
      assertThat(client.head(upload).statusCode()).isEqualTo(503);
      assertThat(client.append(upload, 5, bytes("!"), true).statusCode()).isEqualTo(503);
      assertThat(client.delete(upload).statusCode()).isEqualTo(503);
    }
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "DELETE"})
  void itIsToRequestsThatSayNothingOfThemselvesToo(String method) throws Exception {
    RufhClient client = new RufhClient(server, 0);
    String upload = path(client.create(bytes("hello"), false));

    try (UploadLocks.Lease lease = held(upload)) {
      HttpResponse<byte[]> answer = client.plain(method, upload, BodyPublishers.noBody());

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 10})
  void itIsToWhoAsksByGetToo(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), false));

    try (UploadLocks.Lease lease = held(upload)) {
      assertThat(client.send("GET", upload, BodyPublishers.noBody()).statusCode()).isEqualTo(503);
    }
  }

  private UploadLocks.Lease held(String upload) {
    UploadId id = UploadId.parse(upload.substring("/files/".length()));
    return locks.acquire(id, ByteRange.EVERYTHING, UploadLocks.Takeover.AT_ONCE, STUBBORN);
  }
}
