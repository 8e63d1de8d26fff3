package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** curl, as the system has it: the URL of its upload is told before it sends a byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IetfCurlIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Pattern TOLD =
      Pattern.compile("< HTTP/\\S+ 104.*?< [Ll]ocation: (\\S+)", Pattern.DOTALL);
  private static final Pattern ANSWERED = Pattern.compile("< HTTP/\\S+ 201");
  private static final String PASSWORD = "changeit";

  private final Sample file = new Sample("curl.bin", 33, 3 * Sample.MIB + 4_711, Sample.MIB);

  private Storage storage;
  private PackagedApp app;
  private PackagedApp encrypted;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    if (Programs.find("curl").isEmpty()) {
      Programs.missing(
          "UPLOAD_REQUIRE_CLIENTS", "no curl here; this test needs: apt-get install curl");
    }
    storage = Storage.open(Storage.Kind.FILESYSTEM, Files.createDirectory(directory.resolve("a")));
    app = storage.startApp(List.of("--micronaut.server.http-version=2.0"));
    encrypted = startEncrypted(Files.createDirectory(directory.resolve("b")));
  }

  private static PackagedApp startEncrypted(Path directory) throws Exception {
    Path keys = directory.resolve("keys.p12");
    ProcessBuilder keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "test",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            keys.toString(),
            "-storepass",
            PASSWORD);
    try (ServerProcess making = ServerProcess.start("keytool", keytool)) {
      assertThat(making.awaitExit(LIMIT)).as(making.log()).isZero();
    }
    return PackagedApp.start(
        directory,
        "--upload.store.filesystem.root=" + directory.resolve("root"),
        "--micronaut.server.http-version=2.0",
        "--micronaut.server.ssl.enabled=true",
        "--micronaut.server.ssl.port=0",
        "--micronaut.server.ssl.key-store.path=file:" + keys,
        "--micronaut.server.ssl.key-store.type=PKCS12",
        "--micronaut.server.ssl.key-store.password=" + PASSWORD);
  }

  @AfterAll
  void stop() throws Exception {
    try (Storage _ = storage;
        PackagedApp _ = app;
        PackagedApp _ = encrypted) {
      // what was opened is closed, if not all of it was
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--http1.1, false",
    "--http2-prior-knowledge, false",
    "--http1.1, true",
    "--http2, true"
  })
  void theUrlIsToldBeforeTheFirstByteIsSent(String protocol, boolean tls) throws Exception {
    PackagedApp server = tls ? encrypted : app;
    try (ServerProcess curl =
        ServerProcess.start("curl", upload(server, protocol, "Upload-Complete: ?1"))) {
      String told = curl.await(TOLD, LIMIT).group(1);
      assertThat(curl.log()).doesNotContainPattern(ANSWERED);
      try (OutputStream input = curl.input()) {
        input.write(file.all());
      }

      assertThat(curl.awaitExit(LIMIT)).as(curl.log()).isZero();
      assertThat(curl.log()).containsPattern(ANSWERED);
      assertThat(download(told)).isEqualTo(file.sha256());
    }
  }

  @ParameterizedTest
  @CsvSource({"--http1.1, false", "--http2, true"})
  void whatWasCutOffIsAskedForAndContinued(String protocol, boolean tls) throws Exception {
    PackagedApp server = tls ? encrypted : app;
    byte[] content = file.all();
    String upload;
    try (ServerProcess curl =
        ServerProcess.start("curl", upload(server, protocol, "Upload-Complete: ?1"))) {
      upload = curl.await(TOLD, LIMIT).group(1);
      curl.input().write(content, 0, content.length / 2);
      curl.input().flush();
    } // which cuts it off

    int offset = offset(upload, protocol);
    ProcessBuilder rest =
        curl(
            protocol,
            "--request",
            "PATCH",
            "-T",
            "-",
            "-H",
            "Content-Type: application/partial-upload",
            "-H",
            "Upload-Offset: " + offset,
            "-H",
            "Upload-Complete: ?1",
            upload);
    try (ServerProcess curl = ServerProcess.start("curl", rest)) {
      try (OutputStream input = curl.input()) {
        input.write(content, offset, content.length - offset);
      }
      assertThat(curl.awaitExit(LIMIT)).as(curl.log()).isZero();
    }

    assertThat(offset).isBetween(0, content.length / 2);
    assertThat(download(upload)).isEqualTo(file.sha256());
  }

  private static int offset(String upload, String protocol) throws InterruptedException {
    try (ServerProcess curl = ServerProcess.start("curl", curl(protocol, "--head", upload))) {
      assertThat(curl.awaitExit(LIMIT)).as(curl.log()).isZero();
      Pattern offset = Pattern.compile("(?i)< upload-offset: (\\d+)");
      return Integer.parseInt(curl.await(offset, LIMIT).group(1));
    }
  }

  /** Begins an upload of what curl is given to read. */
  private static ProcessBuilder upload(PackagedApp server, String protocol, String completeness) {
    return curl(
        protocol, "-T", ".", "-H", completeness, server.address().resolve("files").toString());
  }

  private static ProcessBuilder curl(String... arguments) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("curl", "-v", "-s", "-S", "-k", "-H", "Upload-Draft-Interop-Version: 8"));
    words.addAll(List.of(arguments));
    return new ProcessBuilder(words);
  }

  private static String download(String upload) throws IOException, InterruptedException {
    Path copy = Files.createTempFile("downloaded", ".bin");
    ProcessBuilder words =
        new ProcessBuilder("curl", "-s", "-S", "-k", "-f", "-o", copy.toString(), upload);
    try (ServerProcess curl = ServerProcess.start("curl", words)) {
      assertThat(curl.awaitExit(LIMIT)).as(curl.log()).isZero();
      return HexFormat.of().formatHex(Sample.newSha256().digest(Files.readAllBytes(copy)));
    } finally {
      Files.delete(copy);
    }
  }
}
