package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.HeldLocks;
import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The offset that HEAD tells holds, also against a PATCH that has come but has no lease yet. */
@MicronautTest
@Property(name = "test.held-locks", value = "true")
class NewestWinsTest {

  @Inject EmbeddedServer server;
  @Inject HeldLocks locks;

  @Test
  void anOlderPatchIs423OnceTheOffsetWasTold() throws Exception {
    TusClient client = new TusClient(server);
    String upload = client.create(10);
    HeldLocks.Hold hold = locks.holdNext(0);
    try (RawClient older = new RawClient(server)) {
      older.head(TusClient.patchHead(upload, "Content-Length: 3")).send(bytes("old"));
      hold.arrived().await();

      assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
      hold.released().countDown();

      assertThat(older.answer()).startsWith("HTTP/1.1 423");
    }
    assertThat(client.patch(upload, 0, bytes("1234567890")).statusCode()).isEqualTo(204);
    assertThat(client.get(upload).body()).isEqualTo(bytes("1234567890"));
  }
}
