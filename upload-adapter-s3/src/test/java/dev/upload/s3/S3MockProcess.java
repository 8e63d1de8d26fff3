package dev.upload.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * S3Mock in a process of its own, spoken to over TLS with a certificate that it made up, or over
 * plain HTTP.
 */
final class S3MockProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target", "s3mock", "s3mock.jar");
  private static final Path LOG = JAR.resolveSibling("s3mock.log");
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Pattern STARTED =
      Pattern.compile("Tomcat started on ports (\\d+) \\(https\\), (\\d+) \\(http\\)");

  private final Process process;
  private final URI endpoint;
  private final URI plainEndpoint;

  private S3MockProcess(Process process, MatchResult ports) {
    this.process = process;
    endpoint = URI.create("https://127.0.0.1:" + ports.group(1));
    plainEndpoint = URI.create("http://127.0.0.1:" + ports.group(2));
  }

  static S3MockProcess start() throws IOException {
    if (!Files.exists(JAR)) {
      throw new IOException(JAR + " is missing: run the tests with Maven, which puts it there");
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString(),
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--http.port=0")
            .redirectErrorStream(true)
            .redirectOutput(LOG.toFile())
            .start();
    return new S3MockProcess(process, ports(process));
  }

  private static MatchResult ports(Process process) throws IOException {
    Instant deadline = Instant.now().plus(START_TIMEOUT);
    while (process.isAlive() && Instant.now().isBefore(deadline)) {
      Matcher started = STARTED.matcher(Files.readString(LOG));
      if (started.find()) {
        return started.toMatchResult();
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    process.destroy();
    throw new IOException("S3Mock does not start:\n" + Files.readString(LOG));
  }

  /** Returns where it is without TLS. */
  URI plainEndpoint() {
    return plainEndpoint;
  }

  /** Returns the module on a new bucket. */
  Opened newBucket(String name) {
    S3Config config = S3Config.bucket(name).endpoint(endpoint).pathStyle(true).build();
    S3Client client =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "body")))
            .httpClient(
                Apache5HttpClient.builder()
                    .buildWithDefaults(
                        AttributeMap.builder()
                            .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true)
                            .build()))
            .build();
    client.createBucket(request -> request.bucket(name));
    return Opened.on(config, client);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
