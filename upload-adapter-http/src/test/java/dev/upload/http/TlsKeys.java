package dev.upload.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
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

/**
 * A key with a certificate for this machine, made with the JDK's own tool.
 *
 * @param file where it is kept
 */
public record TlsKeys(Path file) {

  private static final String PASSWORD = "changeit";

  /** Makes a key in {@code directory}, unless there is one. */
  public static TlsKeys in(Path directory) {
    Path file = directory.resolve("keys.p12");
    if (!Files.exists(file)) {
      make(file);
    }
    return new TlsKeys(file);
  }

  private static void make(Path file) {
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
                  file.toString(),
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

  /** Returns what has a server use the key, for HTTP/1.1 and HTTP/2. */
  public Map<String, String> properties() {
    return Map.of(
        "micronaut.server.http-version", "2.0",
        "micronaut.server.ssl.enabled", "true",
        "micronaut.server.ssl.port", "0",
        "micronaut.server.ssl.key-store.path", "file:" + file,
        "micronaut.server.ssl.key-store.type", "PKCS12",
        "micronaut.server.ssl.key-store.password", PASSWORD);
  }

  /** Returns what trusts that server. */
  public SSLContext trusting() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
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

  /** Returns a connection to {@code server} that speaks {@code protocol}, as ALPN calls it. */
  public SSLSocket connect(EmbeddedServer server, String protocol)
      throws GeneralSecurityException, IOException {
    SSLSocket socket =
        (SSLSocket)
            trusting()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.getPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    return socket;
  }
}
