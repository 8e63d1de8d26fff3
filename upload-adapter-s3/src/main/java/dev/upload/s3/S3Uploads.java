package dev.upload.s3;

import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.SessionRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Uploads in one bucket: their bytes and their records. Safe for concurrent use, also by several
 * nodes on one bucket; closing it ends its connections.
 */
public final class S3Uploads implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 256;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** An hour for clocks that differ, and more than one for whoever is about to record. */
  private static final Duration STRAYS_AFTER = Duration.ofHours(3);

  private final S3Client client;
  private final ChunkStore store;
  private final SessionRepository sessions;

  private S3Uploads(S3Client client, ChunkStore store, SessionRepository sessions) {
    this.client = client;
    this.store = store;
    this.sessions = sessions;
  }

  /**
   * Opens the bucket that {@code config} names, after trying out whether it can be used.
   *
   * @throws UnusableStoreException if it cannot
   */
  public static S3Uploads open(S3Config config) {
    S3Client client = client(config);
    boolean usable = false;
    try {
      S3Keys keys = new S3Keys(config.prefix());
      S3Bucket bucket = S3Bucket.of(client, config);
      new S3Probe(bucket, keys, config.place()).run();
      usable = true;
      SessionChains chains = new SessionChains(bucket, keys);
      Supplier<Moment> clock = () -> new Moment(Instant.now(), System.nanoTime());
      Strays strays = new Strays(bucket, keys, chains, STRAYS_AFTER, clock);
      ChunkStore store =
          new S3ChunkStore(bucket, keys, config.partWish(), new Stages(config), strays);
      return new S3Uploads(
          client, store, new S3Sessions(chains, Retention.standard(clock), store::discard));
    } finally {
      if (!usable) {
        client.close();
      }
    }
  }

  static S3Client client(S3Config config) {
    boolean portable = config.portable();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(config.region()))
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(config.pathStyle())
                    .chunkedEncodingEnabled(!portable)
                    .build())
            .requestChecksumCalculation(
                portable
                    ? RequestChecksumCalculation.WHEN_REQUIRED
                    : RequestChecksumCalculation.WHEN_SUPPORTED)
            .responseChecksumValidation(
                portable
                    ? ResponseChecksumValidation.WHEN_REQUIRED
                    : ResponseChecksumValidation.WHEN_SUPPORTED)
            .putAuthScheme(new KnownDigestScheme())
            .overrideConfiguration(
                common ->
                    common.retryStrategy(
                        strategy -> strategy.retryOnException(Faults::isOfBytesOnTheWay)))
            .httpClientBuilder(defaults -> httpClient(config));
    config.endpoint().ifPresent(builder::endpointOverride);
    config
        .accessKey()
        .flatMap(
            access -> config.secretKey().map(secret -> AwsBasicCredentials.create(access, secret)))
        .ifPresent(keys -> builder.credentialsProvider(StaticCredentialsProvider.create(keys)));
    return builder.build();
  }

  /** Leaves to the SDK's client what it knows more of: TLS, and ways through a proxy. */
  private static SdkHttpClient httpClient(S3Config config) {
    SdkHttpClient client =
        Apache5HttpClient.builder()
            .maxConnections(MAX_CONNECTIONS)
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(config.answerTimeout())
            .build();
    boolean direct =
        config.plainHttp() && ProxyConfiguration.builder().scheme("http").build().host() == null;
    if (!direct) {
      return client;
    }
    return new LargeBodyClient(client, MAX_CONNECTIONS, CONNECT_TIMEOUT, config.answerTimeout());
  }

  public ChunkStore store() {
    return store;
  }

  public SessionRepository sessions() {
    return sessions;
  }

  @Override
  public void close() {
    client.close();
  }
}
