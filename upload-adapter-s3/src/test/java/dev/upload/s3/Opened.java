package dev.upload.s3;

import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.s3.S3Client;

/** The module's insides on one bucket, without the start-up probe. */
record Opened(S3Config config, S3Client client, S3Bucket bucket, S3Keys keys, Stages stages) {

  static Opened on(S3Config config) {
    return on(config, S3Uploads.client(config));
  }

  static Opened on(S3Config config, S3Client client) {
    S3Bucket bucket = S3Bucket.of(client, config);
    return new Opened(config, client, bucket, new S3Keys(config.prefix()), new Stages(config));
  }

  S3ChunkStore store() {
    Strays strays = new Strays(bucket, keys, chains(), Duration.ofHours(3), Opened::now);
    return new S3ChunkStore(bucket, keys, config.partWish(), stages, strays);
  }

  /** Returns one that takes at once for stray what no record names. */
  S3ChunkStore impatientStore() {
    Strays strays = new Strays(bucket, keys, chains(), Duration.ofHours(-1), Opened::now);
    return new S3ChunkStore(bucket, keys, config.partWish(), stages, strays);
  }

  private static Moment now() {
    return new Moment(Instant.now(), System.nanoTime());
  }

  S3Sessions sessions() {
    return sessions(Retention.standard(Opened::now));
  }

  S3Sessions sessions(Retention retention) {
    return new S3Sessions(chains(), retention, store()::discard);
  }

  SessionChains chains() {
    return new SessionChains(bucket, keys);
  }
}
