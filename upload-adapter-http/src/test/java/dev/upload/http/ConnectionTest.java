package dev.upload.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.model.UploadId;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.body.RecordingLeakDetector;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.netty.buffer.ByteBufAllocator;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a connection: cut, kept, asked for permission. */
@MicronautTest(rebuildContext = true)
class ConnectionTest {

  private static final int MIB = 1024 * 1024;

  @Inject EmbeddedServer server;
  @Inject Uploads uploads;
  @Inject InMemorySessions sessions;
  @Inject WatchedStore store;

  private final byte[] content = Bytes.random(4 * MIB, 1);
  private final ClientFile file = new ClientFile("a.bin", content, 2 * MIB);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClientThatVanishesLeavesNoByteAndMayComeAgain(boolean form) throws Exception {
    Browser browser = new Browser(server);
    byte[] body =
        form ? new Browser.Form().fields(file.parameters(1)).file(file, 1).end() : file.chunk(1);
    String type =
        form ? "multipart/form-data; boundary=" + Browser.BOUNDARY : "application/octet-stream";
    try (RawClient client = new RawClient(server)) {
      client.head(post(1), "Content-Type: " + type, "Content-Length: " + body.length);
      client.send(Arrays.copyOf(body, MIB));
      assertThat(Eventually.holds(() -> sessions.count() == 1)).isTrue();

      client.reset();
    }

    assertThat(browser.test(file, 1).statusCode()).isEqualTo(204);
    assertThat(browser.postForm(file, 1).body()).contains("\"received\":" + 2 * MIB);
    assertThat(ClientFile.stored(uploads, browser.postForm(file, 2).body())).isEqualTo(content);
  }

  @Test
  void aRefusedBodyIsReadSoThatTheConnectionServesOn() throws Exception {
    byte[] body = new byte[3 * MIB];
    try (RawClient client = new RawClient(server)) {
      client.head(post(1), "Content-Length: " + body.length).send(body);
      String refused = client.answer();
      client.head(post(1), "Content-Length: " + 2 * MIB).send(file.chunk(1));
      String stored = client.answer();

      assertThat(refused).startsWith("HTTP/1.1 400").contains("problem+json");
      assertThat(stored).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aRepeatedChunkIsReadToItsEndToo() throws Exception {
    try (RawClient client = new RawClient(server)) {
      for (int i = 0; i < 3; i++) {
        client.head(post(1), "Content-Length: " + 2 * MIB).send(file.chunk(1));

        assertThat(client.answer()).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToContinue() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head(post(1), "Expect: 100-continue", "Content-Length: " + 2 * MIB);
      String permission = client.answer();
      client.send(file.chunk(1));

      assertThat(permission).startsWith("HTTP/1.1 100");
      assertThat(client.answer()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aClientThatAsksFirstIsToldNotToSendWhatIsRefused() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.head(post(1), "Expect: 100-continue", "Content-Length: 17");

      assertThat(client.answer().toLowerCase(Locale.ROOT))
          .startsWith("http/1.1 400")
          .contains("connection: close");
    }
  }

  @Test
  void aSlowStoreSlowsItsClientAndFillsNoMemory() throws Exception {
    byte[] large = Bytes.random(30 * MIB, 1);
    ClientFile slow = new ClientFile("slow.bin", large, 64 * MIB);
    AtomicLong sent = new AtomicLong();
    CountDownLatch gate = store.holdWrites();
    try (RawClient client = new RawClient(server)) {
      client.head(
          "POST /uploads?" + ClientFile.query(slow.parameters(1)) + " HTTP/1.1",
          "Content-Length: " + large.length);
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                for (int from = 0; from < large.length; from += 64 * 1024) {
                  client.sendUnchecked(Arrays.copyOfRange(large, from, from + 64 * 1024));
                  sent.addAndGet(64 * 1024);
                }
              });
      assertThat(Eventually.standsStill(sent::get))
          .isLessThan(16L * MIB); // the system's own buffers

      gate.countDown();
      sender.join();

      assertThat(client.answer()).startsWith("HTTP/1.1 200").contains("complete");
    }
  }

  @Test
  void aDownloadThatIsBrokenOffClosesItsFile() throws Exception {
    Browser browser = new Browser(server);
    byte[] large = Bytes.random(24 * MIB, 1);
    String answer = browser.postOctet(new ClientFile("l.bin", large, 64 * MIB), 1).body();
    String location = answer.replaceAll("(?s).*\"location\":\"([^\"]+)\".*", "$1");
    try (RawClient client = new RawClient(server)) {
      client.head("GET " + location + " HTTP/1.1").read(MIB);
      assertThat(store.open()).isOne();

      client.reset();
    }

    assertThat(Eventually.holds(() -> store.open() == 0)).isTrue();
  }

  @Test
  void aDownloadWhoseClientGoesBeforeTheAnswerClosesItsFile() throws Exception {
    String location = "/files/" + finished();
    CountDownLatch gate = store.holdOpening();
    try (RawClient client = new RawClient(server)) {
      client.head("GET " + location + " HTTP/1.1");
      assertThat(Eventually.holds(() -> store.open() == 1)).isTrue();

      client.reset();
    }
    Thread.sleep(300); // until the server knows
    gate.countDown();

    assertThat(Eventually.holds(() -> store.open() == 0)).isTrue();
  }

  @Test
  void downloadsThatWaitBehindABrokenOneCloseTheirFiles() throws Exception {
    String request = "GET /files/" + finished() + " HTTP/1.1";
    CountDownLatch gate = store.holdReads();
    try (RawClient client = new RawClient(server)) {
      client.head(request).head(request).head(request);
      assertThat(Eventually.holds(() -> store.open() == 3)).isTrue();

      client.reset();
    }
    gate.countDown();

    assertThat(Eventually.holds(() -> store.open() == 0)).isTrue();
  }

  @Test
  void aPieceThatIsReadForAClientThatIsGoneIsFreed() throws Exception {
    String location = "/files/" + finished();
    CountDownLatch gate = store.holdReads();
    int before = store.reads();
    try (RawClient client = new RawClient(server)) {
      client.head("GET " + location + " HTTP/1.1");
      assertThat(Eventually.holds(() -> store.reads() > before)).isTrue();

      client.reset();
    }
    Thread.sleep(300); // until the server knows
    gate.countDown();

    assertThat(Eventually.holds(() -> store.open() == 0)).isTrue();
    found(() -> !RecordingLeakDetector.leaks().isEmpty(), 20);
    assertThat(RecordingLeakDetector.leaks()).isEmpty();
  }

  private UploadId finished() throws Exception {
    String answer =
        new Browser(server).postOctet(new ClientFile("f.bin", content, 64 * MIB), 1).body();
    return new UploadId(answer.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1"));
  }

  @Test
  void aDownloadThatIsReadWholeClosesItsFile() throws Exception {
    Browser browser = new Browser(server);
    String answer = browser.postOctet(new ClientFile("s.bin", content, 64 * MIB), 1).body();
    String id = answer.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
    try (RawClient client = new RawClient(server)) {
      for (String method : new String[] {"HEAD", "GET", "HEAD"}) {
        client.head(method + " /files/" + new UploadId(id) + " HTTP/1.1");
        client.read(method.equals("GET") ? 4 * MIB : 1);
        if (method.equals("GET")) {
          break;
        }
        drainHead(client);
      }
    }

    assertThat(Eventually.holds(() -> store.open() == 0)).isTrue();
  }

  private static void drainHead(RawClient client) throws Exception {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append(new String(client.read(1), StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void noBufferIsLost() throws Exception {
    Browser browser = new Browser(server);
    for (int i = 0; i < 20; i++) {
      try (RawClient client = new RawClient(server)) {
        client.head(post(1), "Content-Length: " + 2 * MIB).send(Arrays.copyOf(file.chunk(1), MIB));
        client.reset();
      }
      browser.postForm(file, 1);
      browser.postOctet(
          Browser.with(file.parameters(1), "resumableChunkNumber", "0"), file.chunk(1));
    }

    boolean foundAny = found(() -> !RecordingLeakDetector.leaks().isEmpty(), 20);
    assertThat(RecordingLeakDetector.leaks()).isEmpty();
    assertThat(foundAny).isFalse();
    loseOne();
    assertThat(found(() -> !RecordingLeakDetector.leaks().isEmpty(), 500))
        .as("it does find them")
        .isTrue();
    RecordingLeakDetector.leaks().clear();
  }

  @SuppressWarnings("CheckReturnValue") // that is the point
  private static void loseOne() {
    ByteBufAllocator.DEFAULT.buffer(64);
  }

  /** Leaks are found when buffers were collected, and others are made. */
  private static boolean found(BooleanSupplier condition, int rounds) throws InterruptedException {
    for (int i = 0; i < rounds && !condition.getAsBoolean(); i++) {
      System.gc();
      Thread.sleep(20);
      ByteBufAllocator.DEFAULT.buffer(64).release();
    }
    return condition.getAsBoolean();
  }

  private String post(int number) {
    return "POST /uploads?" + ClientFile.query(file.parameters(number)) + " HTTP/1.1";
  }
}
