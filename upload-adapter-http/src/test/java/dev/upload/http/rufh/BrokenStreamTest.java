package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.http.Eventually;
import dev.upload.http.Http2Client;
import dev.upload.http.TestBeans;
import dev.upload.http.WatchedStore;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.netty.handler.codec.http2.Http2Headers;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requirements 4 to 7 over HTTP/2: wherever a request or its connection ends, what arrived is
 * there, HEAD tells how much that is, and an append from there on makes the file.
 */
@MicronautTest(rebuildContext = true)
@Property(name = "micronaut.server.http-version", value = "2.0")
class BrokenStreamTest {

  private static final byte[] WHOLE = bytes("hello world");

  @Inject EmbeddedServer server;
  @Inject WatchedStore writing;
  @Inject FaultyChunkStore store;

  private final String id = UUID.randomUUID().toString();
  private final String upload = "/files/" + id;

  /** How a request ends that has not been sent whole. */
  enum Breach {
    CANCELLED {
      @Override
      void of(Http2Client client) throws IOException {
        client.cancel(1).flush();
      }
    },
    SAID_FAREWELL {
      @Override
      void of(Http2Client client) throws IOException {
        client.goAway().flush().close();
      }
    },
    CLOSED {
      @Override
      void of(Http2Client client) throws IOException {
        client.close();
      }
    },
    RESET {
      @Override
      void of(Http2Client client) throws IOException {
        client.reset();
      }
    };

    abstract void of(Http2Client client) throws IOException;
  }

  /** No byte, some, and all without the end of the stream; with a length announced and without. */
  static Stream<Arguments> everywhere() {
    return Arrays.stream(Breach.values())
        .flatMap(
            breach ->
                Stream.of(0, 5, 11)
                    .flatMap(
                        sent ->
                            Stream.of(true, false)
                                .map(announced -> Arguments.of(breach, sent, announced))));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void aCreationIsGoneOnWithFromWhereItBroke(Breach breach, int sent, boolean announced)
      throws Exception {
    int before = writing.writes();
    try (Http2Client client = new Http2Client(server)) {
      client.request(1, "POST", "/files", creation(announced)).flush();
      Http2Headers interim = client.answer(1);
      breakOff(client, before, breach, sent);

      assertThat(interim.status()).hasToString("104");
      assertThat(interim.get("location").toString()).endsWith(upload);
      assertGoesOn(upload, sent);
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void anAppendIsGoneOnWithFromWhereItBroke(Breach breach, int sent, boolean announced)
      throws Exception {
    String begun = new RufhClient(server).begin();
    int before = writing.writes();
    try (Http2Client client = new Http2Client(server)) {
      client.request(1, "PATCH", begun, append(announced)).flush();
      breakOff(client, before, breach, sent);

      assertGoesOn(begun, sent);
    }
  }

  /** Ends the request once the server has what it sent. */
  private void breakOff(Http2Client client, int before, Breach breach, int sent) throws Exception {
    send(client, before, Arrays.copyOf(WHOLE, sent));
    breach.of(client);
  }

  private void send(Http2Client client, int before, byte[] bytes) throws Exception {
    assertThat(writing.hasBegunMoreThan(before)).isTrue();
    long taken = writing.taken();
    client.data(1, bytes).flush();
    assertThat(writing.hasTaken(taken, bytes.length)).isTrue();
  }

  @Test
  void theConnectionOfACancelledRequestServesOn() throws Exception {
    String begun = new RufhClient(server).begin();
    int before = writing.writes();
    try (Http2Client client = new Http2Client(server)) {
      client.request(1, "PATCH", begun, append(true)).flush();
      breakOff(client, before, Breach.CANCELLED, 5);

      client.request(3, "HEAD", begun, version()).end(3).flush();
      Http2Headers asked = client.answer(3);
      client.request(5, "PATCH", begun, append(false, "5")).end(5, bytes(" world")).flush();
      Http2Headers appended = client.answer(5);

      assertThat(asked.get("upload-offset")).hasToString("5");
      assertThat(asked.get("upload-complete")).hasToString("?0");
      assertThat(appended.status()).hasToString("201");
      assertThat(new RufhClient(server).get(begun).body()).isEqualTo(WHOLE);
    }
  }

  @Test
  void aQuestionOnTheSameConnectionEndsTheRequestThatIsSending() throws Exception {
    String begun = new RufhClient(server).begin();
    int before = writing.writes();
    try (Http2Client client = new Http2Client(server)) {
      client.request(1, "PATCH", begun, append(true)).flush();
      send(client, before, bytes("hello"));

      client.request(3, "HEAD", begun, version()).end(3).flush();
      Http2Headers asked = client.answer(3);
      client.request(5, "PATCH", begun, append(false, "5")).end(5, bytes(" world")).flush();

      assertThat(asked.get("upload-offset")).hasToString("5");
      assertThat(client.answer(1).status()).hasToString("503");
      assertThat(client.answer(5).status()).hasToString("201");
      assertThat(new RufhClient(server).get(begun).body()).isEqualTo(WHOLE);
    }
  }

  @Test
  void whoSaysFarewellMaySendTheRest() throws Exception {
    String begun = new RufhClient(server).begin();
    int before = writing.writes();
    try (Http2Client client = new Http2Client(server)) {
      client.request(1, "PATCH", begun, append(true)).goAway().flush();
      send(client, before, bytes("hello"));
      client.end(1, bytes(" world")).flush();

      assertThat(client.answer(1).status()).hasToString("201");
      assertThat(new RufhClient(server).get(begun).body()).isEqualTo(WHOLE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoLeavesBehindTheEndFindsTheUploadCompleteAndTheAnswerAgain(Breach breach)
      throws Exception {
    RufhClient asking = new RufhClient(server);
    String begun = asking.begin();
    int before = store.assemblies();
    try (Http2Client client = new Http2Client(server)) {
      store.beforeAssembly(() -> leave(client, breach));
      client.request(1, "PATCH", begun, append(true)).end(1, WHOLE).flush();
      assertThat(Eventually.holds(() -> store.assemblies() > before)).isTrue();

      HttpResponse<byte[]> asked = asking.head(begun);
      HttpResponse<byte[]> again = asking.append(begun, 11, new byte[0], true);

      assertThat(header(asked, "Upload-Offset")).isEqualTo("11");
      assertThat(header(asked, "Upload-Complete")).isEqualTo("?1");
      assertThat(again.statusCode()).isEqualTo(201);
      assertThat(header(again, "Upload-Complete")).isEqualTo("?1");
      assertThat(asking.get(begun).body()).isEqualTo(WHOLE);
    }
  }

  private static void leave(Http2Client client, Breach breach) {
    try {
      breach.of(client);
    } catch (IOException e) {
      throw new UncheckedIOException("leaving", e);
    }
  }

  private void assertGoesOn(String path, int offset) throws Exception {
    RufhClient client = new RufhClient(server);
    byte[] rest = Arrays.copyOfRange(WHOLE, offset, WHOLE.length);

    HttpResponse<byte[]> asked = client.head(path);
    HttpResponse<byte[]> appended = client.append(path, offset, rest, true);

    assertThat(header(asked, "Upload-Offset")).isEqualTo(Integer.toString(offset));
    assertThat(header(asked, "Upload-Complete")).isEqualTo("?0");
    assertThat(appended.statusCode()).isEqualTo(201);
    assertThat(client.get(path).body()).isEqualTo(WHOLE);
  }

  private String[] creation(boolean announced) {
    String name = TestBeans.SINGLE.toLowerCase(Locale.ROOT);
    return with(announced, "upload-complete", "?1", "upload-length", "11", name, id);
  }

  private static String[] append(boolean announced) {
    return append(announced, "0");
  }

  private static String[] append(boolean announced, String offset) {
    return with(
        announced,
        "upload-complete",
        "?1",
        "upload-offset",
        offset,
        "content-type",
        RufhClient.TYPE);
  }

  private static String[] version() {
    return with(false);
  }

  private static String[] with(boolean announced, String... fields) {
    Stream<String> length = announced ? Stream.of("content-length", "11") : Stream.of();
    return Stream.of(Stream.of("upload-draft-interop-version", "10"), length, Arrays.stream(fields))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }
}
