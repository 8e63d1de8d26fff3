package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.UploadAction;
import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.AskedRule;
import dev.upload.http.Eventually;
import dev.upload.http.RawClient;
import dev.upload.http.TestBeans;
import dev.upload.http.WatchedStore;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requirements 4 to 7: wherever a connection over HTTP/1.1 breaks, what arrived is there, HEAD
 * tells how much that is, and an append from there on makes the file.
 */
@MicronautTest
class BrokenConnectionTest {

  private static final byte[] WHOLE = bytes("hello world");

  @Inject EmbeddedServer server;
  @Inject InMemorySessions sessions;
  @Inject WatchedStore writing;
  @Inject FaultyChunkStore store;
  @Inject AskedRule rule;

  /** Known beforehand, so that also who was not told can ask for it. */
  private final String id = UUID.randomUUID().toString();

  private final String upload = "/files/" + id;
  private final String[] fixed = {TestBeans.SINGLE + ": " + id, "Upload-Length: 11"};

  /** Versions with one interim response, with more, and the newest; all places; both ways. */
  static Stream<Arguments> everywhere() {
    return IntStream.of(3, 6, 10)
        .boxed()
        .flatMap(
            version ->
                Arrays.stream(Interruption.values())
                    .flatMap(
                        place ->
                            Arrays.stream(Ending.values())
                                .map(ending -> Arguments.of(version, place, ending))));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void aCreationIsGoneOnWithFromWhereItBroke(int version, Interruption place, Ending ending)
      throws Exception {
    RufhClient client = new RufhClient(server, version);
    int before = writing.writes();
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.lines("POST /files", true, fixed[0], fixed[1], place.framing()));
      assertThat(raw.answer()).startsWith("HTTP/1.1 104").contains(upload);
      assertThat(writing.hasBegunMoreThan(before)).isTrue();
      breakOff(raw, place, ending);

      assertGoesOn(client, upload, place.arrived());
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void anAppendIsGoneOnWithFromWhereItBroke(int version, Interruption place, Ending ending)
      throws Exception {
    RufhClient client = new RufhClient(server, version);
    String begun = client.begin();
    int before = writing.writes();
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.appendLines(begun, 0, true, place.framing()));
      assertThat(writing.hasBegunMoreThan(before)).isTrue();
      breakOff(raw, place, ending);

      assertGoesOn(client, begun, place.arrived());
    }
  }

  /** What was sent has left the wire: a reset may take away what the server has not read yet. */
  private void breakOff(RawClient raw, Interruption place, Ending ending) throws Exception {
    long before = writing.taken();
    raw.send(place.sent());
    assertThat(writing.hasTaken(before, place.arrived())).isTrue();
    ending.end(raw);
  }

  @ParameterizedTest
  @EnumSource
  void halfAHeadBeginsNothing(Ending ending) throws Exception {
    RufhClient client = new RufhClient(server);
    int before = sessions.count();
    try (RawClient raw = new RawClient(server)) {
      raw.send(bytes(half(client.lines("POST /files", true, fixed[0], fixed[1]))));
      ending.end(raw);
      assertThat(restOf(raw, ending)).doesNotContain("HTTP/1.1 2");

      assertThat(client.head(upload).statusCode()).isEqualTo(404);
      assertThat(sessions.count()).isEqualTo(before);
      assertThat(client.create(WHOLE, true, TestBeans.SINGLE, id).statusCode()).isEqualTo(201);
    }
    assertThat(client.get(upload).body()).isEqualTo(WHOLE);
  }

  @ParameterizedTest
  @EnumSource
  void halfAHeadAppendsNothing(Ending ending) throws Exception {
    RufhClient client = new RufhClient(server);
    String begun = client.begin();
    try (RawClient raw = new RawClient(server)) {
      raw.send(bytes(half(client.appendLines(begun, 0, true, "Content-Length: 11"))));
      ending.end(raw);
      assertThat(restOf(raw, ending)).doesNotContain("HTTP/1.1 2");

      assertGoesOn(client, begun, 0);
    }
  }

  /** Returns what the server says until it ends the connection, to somebody who still listens. */
  private static String restOf(RawClient raw, Ending ending) throws Exception {
    return ending == Ending.END ? raw.readTo("nothing that is ever said") : "";
  }

  /** Returns a head that ends in the middle of the name of a field. */
  private static String half(String... lines) {
    return String.join("\r\n", lines) + "\r\nHost: localhost\r\nConten";
  }

  @ParameterizedTest
  @EnumSource
  void whoLeavesBeforeBeingToldWhereTheUploadIsMayBeginItAgain(Ending ending) throws Exception {
    RufhClient client = new RufhClient(server);
    int before = writing.writes();
    try (RawClient raw = new RawClient(server)) {
      rule.before(UploadAction.CREATE, 1, ending.of(raw));
      raw.head(client.lines("POST /files", true, fixed[0], "Content-Length: 11"));
      assertThat(writing.hasBegunMoreThan(before)).isTrue();

      HttpResponse<byte[]> asked = client.head(upload);
      HttpResponse<byte[]> again = client.create(WHOLE, true, TestBeans.SINGLE, id);

      assertThat(header(asked, "Upload-Offset")).isEqualTo("0");
      assertThat(header(asked, "Upload-Complete")).isEqualTo("?0");
      assertThat(again.statusCode()).isEqualTo(201);
    }
    assertThat(client.get(upload).body()).isEqualTo(WHOLE);
  }

  @EveryVersion
  void whoLeavesBehindTheLastByteFindsTheUploadComplete(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    for (Ending ending : Ending.values()) {
      String begun = client.begin();
      int before = store.assemblies();
      try (RawClient raw = new RawClient(server)) {
        store.beforeAssembly(ending.of(raw));
        raw.head(client.appendLines(begun, 0, true, "Content-Length: 11")).send(WHOLE);
        assertThat(Eventually.holds(() -> store.assemblies() > before)).isTrue();

        HttpResponse<byte[]> asked = client.head(begun);

        assertThat(header(asked, "Upload-Offset")).isEqualTo("11");
        assertThat(client.complete(asked)).isEqualTo("?1");
        assertThat(client.get(begun).body()).isEqualTo(WHOLE);
      }
    }
  }

  @EveryVersion
  void whatCouldNotBeFinishedWhenTheyLeftIsFinishedWhenTheyAsk(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String begun = client.begin();
    int before = store.assemblies();
    try (RawClient raw = new RawClient(server)) {
      store.beforeAssembly(Ending.RESET.of(raw));
      store.failAssemblies(1);
      raw.head(client.appendLines(begun, 0, true, "Content-Length: 11")).send(WHOLE);
      assertThat(Eventually.holds(() -> store.assemblies() > before)).isTrue();

      assertThat(client.complete(client.head(begun))).isEqualTo("?1");
      assertThat(client.get(begun).body()).isEqualTo(WHOLE);
    }
  }

  /** What it sent last may be read before a question that comes later, between two, or never. */
  @EveryVersion
  void whoLeavesAtOnceGetsItAll(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    for (String framing : new String[] {"Content-Length: 11", "Transfer-Encoding: chunked"}) {
      String begun = client.begin();
      try (RawClient raw = new RawClient(server)) {
        raw.head(client.appendLines(begun, 0, true, framing));
        raw.send(framing.endsWith("11") ? WHOLE : bytes("b\r\nhello world\r\n0\r\n\r\n"));
        raw.end();

        HttpResponse<byte[]> asked = client.head(begun);
        for (int more = 0; more < 3 && client.complete(asked).equals("?0"); more++) {
          int offset = Integer.parseInt(header(asked, "Upload-Offset"));
          client.append(begun, offset, Arrays.copyOfRange(WHOLE, offset, WHOLE.length), true);
          asked = client.head(begun);
        }

        assertThat(client.complete(asked)).isEqualTo("?1");
      }
      assertThat(client.get(begun).body()).isEqualTo(WHOLE);
    }
  }

  private static void assertGoesOn(RufhClient client, String upload, int offset) throws Exception {
    byte[] rest = Arrays.copyOfRange(WHOLE, offset, WHOLE.length);

    HttpResponse<byte[]> asked = client.head(upload);
    HttpResponse<byte[]> appended = client.append(upload, offset, rest, true);

    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(header(asked, "Upload-Offset")).isEqualTo(Integer.toString(offset));
    assertThat(client.complete(asked)).isEqualTo("?0");
    assertThat(appended.statusCode()).isEqualTo(201);
    assertThat(client.complete(appended)).isEqualTo("?1");
    assertThat(client.get(upload).body()).isEqualTo(WHOLE);
  }
}
