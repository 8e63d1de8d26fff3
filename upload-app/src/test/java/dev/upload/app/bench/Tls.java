package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes the app speak TLS, with a key of its own. */
final class Tls {

  private static final String PASSWORD = "changeit";

  private Tls() {}

  /** Returns the app's options, having made a key store in {@code scratch}. */
  static List<String> options(Path scratch) throws IOException, InterruptedException {
    return List.of(
        "--micronaut.server.ssl.enabled=true",
        "--micronaut.server.ssl.port=0",
        "--micronaut.server.ssl.key-store.path=file:" + keyStore(scratch),
        "--micronaut.server.ssl.key-store.type=PKCS12",
        "--micronaut.server.ssl.key-store.password=" + PASSWORD);
  }

  private static Path keyStore(Path scratch) throws IOException, InterruptedException {
    Path store = scratch.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "bench",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no key store");
    }
    return store;
  }
}
