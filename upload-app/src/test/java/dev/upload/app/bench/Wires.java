package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The app over each version of HTTP, with TLS and without. */
record Wires(String key, String title, Shape shape) implements Workload {

  static final String PLAIN = "HTTP/1.1";
  static final String PLAIN_TLS = "HTTP/1.1, TLS";
  static final String JDK_TLS = "HTTP/1.1, the JDK's TLS";
  static final String TWO = "HTTP/2";
  static final String TWO_TLS = "HTTP/2, TLS";

  private static final String PASSWORD = "changeit";

  @Override
  public Section measure(Fleet fleet, Rounds rounds) throws IOException, InterruptedException {
    Path scratch = fleet.home("wires");
    List<String> tls = tls(keyStore(scratch));
    List<Turn> turns = new ArrayList<>();
    try {
      turns.add(turn(fleet, PLAIN, List.of(), new H2Load(shape, scratch, "http", "--h1")));
      turns.add(turn(fleet, PLAIN_TLS, tls, new H2Load(shape, scratch, "https", "--h1")));
      List<String> jdk = with(tls, "--micronaut.server.ssl.prefer-openssl=false");
      turns.add(turn(fleet, JDK_TLS, jdk, new H2Load(shape, scratch, "https", "--h1")));
      List<String> two = List.of("--micronaut.server.http-version=2.0");
      turns.add(turn(fleet, TWO, two, new H2Load(shape, scratch, "http", "-ph2c")));
      List<String> both = with(tls, two.getFirst());
      turns.add(turn(fleet, TWO_TLS, both, new H2Load(shape, scratch, "https", "-ph2c")));
      return new Section(key, title, rounds.of(turns));
    } finally {
      turns.forEach(turn -> turn.server().close());
    }
  }

  private static Turn turn(Fleet fleet, String name, List<String> options, H2Load load)
      throws IOException, InterruptedException {
    return new Turn(name, fleet.app(name, options), Dialect.OCTET, load);
  }

  private static List<String> with(List<String> options, String more) {
    List<String> all = new ArrayList<>(options);
    all.add(more);
    return all;
  }

  private static List<String> tls(Path keyStore) {
    return List.of(
        "--micronaut.server.ssl.enabled=true",
        "--micronaut.server.ssl.port=0",
        "--micronaut.server.ssl.key-store.path=file:" + keyStore,
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
