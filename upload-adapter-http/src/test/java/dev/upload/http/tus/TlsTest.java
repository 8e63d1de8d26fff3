package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.Http2Client;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With TLS, by configuration alone. */
@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest implements TestPropertyProvider {

  private static final String PASSWORD = "changeit";

  @TempDir static Path directory;

  @Inject EmbeddedServer server;

  @Override
  public Map<String, String> getProperties() {
    return Map.of(
        "micronaut.server.http-version", "2.0",
        "micronaut.server.ssl.enabled", "true",
        "micronaut.server.ssl.port", "0",
        "micronaut.server.ssl.key-store.path", "file:" + keys(),
        "micronaut.server.ssl.key-store.type", "PKCS12",
        "micronaut.server.ssl.key-store.password", PASSWORD);
  }

  /** Makes a key with a certificate for this machine, with the JDK's own tool. */
  private static Path keys() {
    Path keys = directory.resolve("keys.p12");
    if (!Files.exists(keys)) {
      try {
        Process keytool =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "test",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "SAN=dns:localhost,ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    keys.toString(),
                    "-storepass",
                    PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
      } catch (IOException e) {
        throw new UncheckedIOException("making a key", e);
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }
    return keys;
  }

  private static SSLContext trusting() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys())) {
      store.load(in, PASSWORD.toCharArray());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("test", store.getCertificate("test"));
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void anUploadIsMadeContinuedAndRead(HttpClient.Version version) throws Exception {
    HttpClient http = HttpClient.newBuilder().version(version).sslContext(trusting()).build();
    TusClient client = new TusClient(server, http);

    HttpResponse<byte[]> created = client.post(bytes("hel"), "Upload-Length", "5");
    String upload = TusClient.path(created);
    HttpResponse<byte[]> head = client.head(upload);
    HttpResponse<byte[]> last = client.patch(upload, 3, bytes("lo"));

    assertThat(created.version()).isEqualTo(version);
    assertThat(header(created, "Location")).startsWith("https://localhost:" + server.getPort());
    assertThat(header(head, "Upload-Offset")).isEqualTo("3");
    assertThat(header(last, "Upload-Offset")).isEqualTo("5");
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
    assertThat(client.plain("OPTIONS", "/files", BodyPublishers.noBody()).statusCode())
        .isEqualTo(204);
  }

  @Test
  void aChecksumMayFollowTheBody() throws Exception {
    HttpClient http = HttpClient.newBuilder().sslContext(trusting()).build();
    String upload = new TusClient(server, http).create(11);
    SSLSocket socket =
        (SSLSocket)
            trusting()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.getPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);

    try (Http2Client raw = new Http2Client(socket)) {
      raw.request(1, "PATCH", upload, TusClient.patchFields("trailer", "upload-checksum"))
          .data(1, bytes("hello world"))
          .trailer(1, "upload-checksum", "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=")
          .flush();

      assertThat(raw.answer(1).status()).hasToString("460");
    }
  }
}
