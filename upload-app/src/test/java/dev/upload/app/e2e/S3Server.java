package dev.upload.app.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** S3Proxy, a real S3 API over HTTP, as a process whose buckets are directories. */
final class S3Server implements AutoCloseable {

  private static final String BUCKET = "uploads";
  private static final String ACCESS_KEY = "test-access";
  private static final String SECRET_KEY = "test-secret";
  private static final Pattern READY = Pattern.compile("Started ServerConnector|Started .*Server");

  private final ServerProcess process;
  private final int port;

  private S3Server(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it with an empty bucket below {@code directory}. */
  static S3Server start(Path directory) throws IOException {
    int port = Ports.free();
    Path objects = directory.resolve("s3");
    Files.createDirectories(objects.resolve(BUCKET));
    Path settings = directory.resolve("s3proxy.properties");
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=aws-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        """
            .formatted(port, ACCESS_KEY, SECRET_KEY, objects));
    ServerProcess process = ServerProcess.start("s3proxy", command(settings));
    process.await(READY, Duration.ofMinutes(2));
    return new S3Server(process, port);
  }

  private static ProcessBuilder command(Path settings) throws IOException {
    Path logging = Path.of("src/test/resources/e2e/s3proxy-logback.xml").toAbsolutePath();
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-Dlogback.configurationFile=" + logging,
        "-cp",
        Files.readString(Path.of(System.getProperty("upload.s3proxy.class-path-file", ""))).strip(),
        "org.gaul.s3proxy.Main",
        "--properties",
        settings.toString());
  }

  /** Returns its URL. */
  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Returns the settings with which the app uses it. */
  String[] settings() {
    return new String[] {
      "--upload.store.type=s3",
      "--upload.store.s3.bucket=" + BUCKET,
      "--upload.store.s3.endpoint=" + endpoint(),
      "--upload.store.s3.access-key=" + ACCESS_KEY,
      "--upload.store.s3.secret-key=" + SECRET_KEY,
      "--upload.store.s3.path-style=true"
    };
  }

  @Override
  public void close() {
    process.close();
  }
}
