package dev.upload.app.config;

import dev.upload.s3.S3Config;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code upload.store.s3.*}: read only where the store is S3.
 *
 * @param bucket has to exist
 * @param endpoint where the store is if it is not AWS
 * @param region which signatures carry
 * @param pathStyle whether the bucket is in the path: what most stores other than AWS want
 * @param prefix what every key begins with
 * @param accessKey with {@code secretKey}; without them the SDK looks in its usual places
 * @param portable leaves checksums and chunked encoding out, for stores that know neither
 * @param signBodies whether signatures cover the bytes of uploads over plain HTTP
 * @param equalParts makes all parts equal, for stores that insist
 * @param bufferMemory bytes that all chunks on their way to the store may take in memory
 * @param answerTimeout how long the store may keep silent before a request is given up
 */
@ConfigurationProperties("upload.store.s3")
public record S3Settings(
    @Bindable(defaultValue = "") String bucket,
    @Nullable URI endpoint,
    @Bindable(defaultValue = "us-east-1") String region,
    @Bindable(defaultValue = "false") boolean pathStyle,
    @Bindable(defaultValue = "") String prefix,
    @Nullable String accessKey,
    @Nullable String secretKey,
    @Bindable(defaultValue = "false") boolean portable,
    @Bindable(defaultValue = "true") boolean signBodies,
    @Bindable(defaultValue = "false") boolean equalParts,
    @ReadableBytes @Bindable(defaultValue = "64MB") long bufferMemory,
    @Bindable(defaultValue = "2m") Duration answerTimeout) {

  /** Returns what the adapter wants to know. */
  public S3Config config() {
    Setting.require(
        "upload.store.s3.bucket", !bucket.isBlank(), "is needed where upload.store.type is s3");
    Setting.require(
        "upload.store.s3.access-key",
        (accessKey == null) == (secretKey == null),
        "and upload.store.s3.secret-key come together");
    Setting.require(
        "upload.store.s3.sign-bodies",
        signBodies || !portable,
        "has to be true where upload.store.s3.portable is: without signatures and without checksums"
            + " nothing would guard the bytes over plain HTTP");
    S3Config.Builder builder =
        S3Config.bucket(bucket)
            .region(region)
            .pathStyle(pathStyle)
            .prefix(prefix)
            .portable(portable)
            .signBodies(signBodies)
            .equalParts(equalParts)
            .bufferBytes(bufferMemory)
            .answerTimeout(answerTimeout);
    if (endpoint != null) {
      builder.endpoint(endpoint);
    }
    if (accessKey != null && secretKey != null) {
      builder.credentials(accessKey, secretKey);
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("upload.store.s3: " + e.getMessage());
    }
  }

  /** Says where finished files go, for a person to read. */
  public String description() {
    return "s3://%s/%s%s".formatted(bucket, prefix, endpoint == null ? "" : " at " + endpoint);
  }
}
