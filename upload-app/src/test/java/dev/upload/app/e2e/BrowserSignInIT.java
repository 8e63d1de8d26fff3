package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page where people have to say who they are: the browser asks them once. */
class BrowserSignInIT {

  private static final String HASH_OF_SECRET =
      "$2a$10$cF1s7muIYP2keU7pn.JiZOeo0ImX7wAjIniAw8h8JGm4JwsmNKbPK";

  private static final List<String> SETTINGS =
      List.of(
          "--upload.auth.methods=basic,jwt",
          "--upload.auth.users.alice=" + HASH_OF_SECRET,
          "--upload.auth.jwt.jwks-url=http://127.0.0.1:9/keys", // where nobody listens
          "--upload.auth.jwt.issuer=https://issuer.example",
          "--upload.auth.jwt.audience=upload");

  @TempDir Path directory;

  private final Sample file = new Sample("mine.bin", 7, 3 * Sample.MIB, Sample.MIB);
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void needsChromium() {
    Browser.requireInstalled();
  }

  @Test
  void whoeverSignedInUploadsAndOthersSeeNothing() throws Exception {
    Path onDisk = file.writeTo(directory);
    try (Storage storage = Storage.open(Storage.Kind.FILESYSTEM, directory);
        PackagedApp app = storage.startApp(SETTINGS);
        Browser browser = Browser.open(signedIn(app.address()), directory.resolve("profile"))) {
      browser.visit(app.address().resolve("?chunkSize=1048576"));

      browser.choose(onDisk);
      browser.awaitComplete(1, Duration.ofSeconds(60));

      URI finished =
          app.address().resolve("files/" + browser.row(file.name()).attribute("upload-id"));
      HttpResponse<byte[]> own = get(finished, "Basic " + base64("alice:secret"));
      assertThat(sha256(own.body())).isEqualTo(file.sha256());
      assertThat(get(finished, "Basic " + base64("alice:wrong")).statusCode()).isEqualTo(401);
      assertThat(get(finished, "Bearer " + token()).statusCode())
          .as("the keys of the provider cannot be had")
          .isEqualTo(503);
    }
  }

  /** What a browser sends once its user has typed it in. */
  private static URI signedIn(URI page) {
    return URI.create(page.toString().replace("//", "//alice:secret@"));
  }

  private static String token() {
    return base64("{\"alg\":\"RS256\",\"kid\":\"a\"}")
        + "."
        + base64("{\"sub\":\"alice\"}")
        + ".AAAA";
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<byte[]> get(URI url, String authorization) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url).header("Authorization", authorization).build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
