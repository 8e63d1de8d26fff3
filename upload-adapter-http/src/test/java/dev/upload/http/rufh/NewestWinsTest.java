package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.HeldLocks;
import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Requirement 8: also of a request that has come, but has no lease yet, the newest wins. */
@MicronautTest
@Property(name = "test.held-locks", value = "true")
class NewestWinsTest {

  @Inject EmbeddedServer server;
  @Inject HeldLocks locks;

  @EveryVersion
  void anOffsetThatIsToldHoldsAgainstAnAppendThatCameBefore(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("12345"), false));
    HeldLocks.Hold hold = locks.holdNext(5);
    try (RawClient older = new RawClient(server)) {
      older.head(client.appendLines(upload, 5, false, "Content-Length: 3")).send(bytes("old"));
      hold.arrived().await();

      assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("5");
      hold.released().countDown();

      assertThat(older.answer()).startsWith("HTTP/1.1 503");
    }
    assertThat(client.append(upload, 5, bytes("67890"), true).statusCode()).isEqualTo(201);
    assertThat(client.get(upload).body()).isEqualTo(bytes("1234567890"));
  }

  @Test
  void aNewerAppendIsNotCutByAnOlderOne() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = path(client.create(bytes("12345"), false));
    HeldLocks.Hold hold = locks.holdNext(5);
    try (RawClient older = new RawClient(server);
        RawClient newer = new RawClient(server)) {
      older.head(client.appendLines(upload, 5, false, "Content-Length: 3")).send(bytes("old"));
      hold.arrived().await();
      newer.head(client.appendLines(upload, 5, true, "Content-Length: 5", "Expect: 100-continue"));
      assertThat(newer.answer()).startsWith("HTTP/1.1 100"); // it has its lease

      hold.released().countDown();

      assertThat(older.answer()).startsWith("HTTP/1.1 503");
      newer.send(bytes("67890"));
      assertThat(newer.answer()).startsWith("HTTP/1.1 201");
    }
    assertThat(client.get(upload).body()).isEqualTo(bytes("1234567890"));
  }

  @Test
  void whoIsToldInTheMiddleOfItsBeginningWhereAnUploadIsMayGoOnThere() throws Exception {
    RufhClient client = new RufhClient(server);
    HeldLocks.Hold hold = locks.holdNext(0);
    try (RawClient older = new RawClient(server)) {
      older.head(client.lines("POST /files", false, "Content-Length: 3")).send(bytes("old"));
      String upload =
          older.answer().replaceAll("(?is).*\\r\\nlocation: [^/]*//[^/]*([^\\r]*)\\r.*", "$1");
      hold.arrived().await();

      assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
      hold.released().countDown();

      assertThat(older.answer()).startsWith("HTTP/1.1 503");
      assertThat(client.append(upload, 0, bytes("new"), true).statusCode()).isEqualTo(201);
      assertThat(client.get(upload).body()).isEqualTo(bytes("new"));
    }
  }
}
