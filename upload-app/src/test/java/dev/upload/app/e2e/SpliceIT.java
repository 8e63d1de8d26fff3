package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Large bodies, which go from their socket into their file past the app. */
@EnabledOnOs(OS.LINUX)
class SpliceIT {

  private static final int CHUNK_BYTES = 8 * Sample.MIB;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern READ = Pattern.compile("rchar: (\\d+)");
  private static final Pattern OFFSET = Pattern.compile("(?i)upload-offset: (\\d+)");
  private static final Pattern LOCATION = Pattern.compile("(?i)location: http://[^/]+(\\S+)");

  @TempDir Path directory;

  private PackagedApp app;

  @BeforeEach
  void start() {
    app =
        PackagedApp.start(
            directory,
            "--upload.store.filesystem.root=root",
            "--upload.http.resumable.progress-interval=1ms");
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void theAppReadsLittleOfThem() throws Exception {
    try (ChunkClient client = new ChunkClient(app.address())) {
      Sample raw = new Sample("raw", 1, 6 * CHUNK_BYTES + 4_711, CHUNK_BYTES);
      Sample form = new Sample("form", 2, 6 * CHUNK_BYTES + 4_711, CHUNK_BYTES);
      long before = bytesRead();

      String rawId = "";
      String formId = "";
      for (int number = 1; number <= raw.chunks(); number++) {
        rawId = ChunkClient.id(client.octet(raw, number));
        formId = ChunkClient.id(client.multipart(form, number));
      }

      long read = bytesRead() - before;
      assertThat(read).isLessThan((raw.length() + form.length()) / 4);
      assertThat(client.sha256(rawId)).isEqualTo(raw.sha256());
      assertThat(client.sha256(formId)).isEqualTo(form.sha256());
    }
  }

  @Test
  void whatFollowsOnTheConnectionIsTheNextRequest() throws Exception {
    Sample file = new Sample("pipelined", 3, 4 * CHUNK_BYTES + 77, CHUNK_BYTES);
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    for (int number = 1; number <= file.chunks(); number++) {
      requests.writeBytes(head("POST", chunk(file, number), file.chunk(number).length, ""));
      requests.writeBytes(file.chunk(number));
      requests.writeBytes(head("GET", "/health", 0, ""));
    }
    requests.writeBytes(head("GET", "/health", 0, "Connection: close\r\n"));

    String answers = inPieces(requests.toByteArray());

    assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(2 * file.chunks() + 2);
    assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(2 * file.chunks() + 2);
    try (ChunkClient client = new ChunkClient(app.address())) {
      String id = ChunkClient.id(client.octet(file, 1));
      assertThat(client.sha256(id)).isEqualTo(file.sha256());
    }
  }

  @Test
  void whatArrivedOfABodyThatBreaksIsKept() throws Exception {
    Sample file = new Sample("broken", 4, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES);
    byte[] bytes = file.chunk(1);
    String location = location(ask(tus("POST", "/files", 0, "Upload-Length: " + bytes.length)));
    int sent = 0;
    for (int more : new int[] {5 * Sample.MIB + 123, 60_000, 7 * Sample.MIB + 1}) {
      String offset =
          "Upload-Offset: " + sent + "\r\nContent-Type: application/offset+octet-stream";
      ask(tus("PATCH", location, bytes.length - sent, offset), bytes, sent, more);
      sent += more;
      int all = sent;

      // a HEAD that came before the app has begun with those bytes would have them given up
      Eventually.holds(
          "they are in the file",
          LIMIT,
          () -> PartialFiles.bytes(directory.resolve("root")) == all);
      assertThat(offset(ask(tus("HEAD", location, 0, "")))).isEqualTo(sent);
    }
  }

  /** Whose sender is told again and again how far they have come. */
  @Test
  void piecesThatEndByTheClockKeepTheOrderOfTheirBytes() throws Exception {
    Sample file = new Sample("told", 5, 4 * CHUNK_BYTES + 99, CHUNK_BYTES);

    IetfClient.Answer answer = new IetfClient(app.address()).create(file.all(), IetfClient.LAST);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text().split("HTTP/1.1 104", -1)).hasSizeGreaterThan(5);
    try (ChunkClient client = new ChunkClient(app.address())) {
      assertThat(client.sha256(IetfClient.id(answer.location()))).isEqualTo(file.sha256());
    }
  }

  private static String location(String answer) {
    Matcher location = LOCATION.matcher(answer);
    assertThat(location.find()).as(answer).isTrue();
    return location.group(1);
  }

  private static int offset(String answer) {
    Matcher offset = OFFSET.matcher(answer);
    assertThat(offset.find()).as(answer).isTrue();
    return Integer.parseInt(offset.group(1));
  }

  private static String chunk(Sample file, int number) {
    return "/uploads?" + ChunkRequests.query(ChunkRequests.parameters(file, number));
  }

  private static byte[] tus(String method, String target, int length, String headers) {
    String more = headers.isEmpty() ? "" : headers + "\r\n";
    return head(method, target, length, "Tus-Resumable: 1.0.0\r\nConnection: close\r\n" + more);
  }

  private static byte[] head(String method, String target, int length, String headers) {
    return "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s\r\n"
        .formatted(method, target, length, headers)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private String ask(byte[] head) throws IOException {
    return ask(head, new byte[0], 0, 0);
  }

  /** Sends the head and {@code count} bytes, no more, and returns what is answered. */
  private String ask(byte[] head, byte[] bytes, int from, int count) throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(head);
      out.write(bytes, from, count);
      if (count > 0) {
        socket.shutdownOutput(); // the server ends the connection once it has read everything
      }
      return answer(socket);
    }
  }

  /** Sends everything over one connection in pieces of any size, while the answers come. */
  private String inPieces(byte[] requests) throws Exception {
    Random random = new Random(7);
    try (Socket socket = connect();
        ExecutorService reader = Executors.newSingleThreadExecutor()) {
      Future<String> answers = reader.submit(() -> answer(socket));
      int at = 0;
      while (at < requests.length) {
        int piece = Math.min(requests.length - at, 1 + random.nextInt(1 << random.nextInt(23)));
        socket.getOutputStream().write(requests, at, piece);
        at += piece;
      }
      return answers.get();
    }
  }

  private Socket connect() throws IOException {
    Socket socket =
        new Socket(InetAddress.getByName(app.address().getHost()), app.address().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the app has read by now, by whatever call that hands bytes over to it. */
  private long bytesRead() throws IOException {
    Path counters = Path.of("/proc", Long.toString(app.process().pid()), "io");
    Matcher read = READ.matcher(Files.readString(counters));
    assertThat(read.find()).isTrue();
    return Long.parseLong(read.group(1));
  }
}
