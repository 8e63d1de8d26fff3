package dev.upload.s3;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A real S3 API over HTTP in this process: S3Proxy, its objects in memory. */
final class EmbeddedS3 implements AutoCloseable {

  private static final String ACCESS_KEY = "test-access";
  private static final String SECRET_KEY = "test-secret";
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private final S3Proxy server;

  private EmbeddedS3(BlobStore objects) throws Exception {
    server =
        S3Proxy.builder()
            .blobStore(objects)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .stopTimeout(0)
            .build();
    server.start();
  }

  /** One for all tests of this process that do not break it. */
  private static final class Shared {
    static final EmbeddedS3 INSTANCE = start(new TransientNio2BlobStore());
  }

  static EmbeddedS3 shared() {
    return Shared.INSTANCE;
  }

  static EmbeddedS3 start(BlobStore objects) {
    try {
      return new EmbeddedS3(objects);
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not start", e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** Returns how to reach a bucket that does not exist. */
  S3Config.Builder config(String bucket) {
    return S3Config.bucket(bucket)
        .endpoint(endpoint())
        .pathStyle(true)
        .credentials(ACCESS_KEY, SECRET_KEY);
  }

  /** Returns how to reach a new, empty bucket. */
  S3Config.Builder newBucket() {
    String name = "bucket-" + BUCKETS.incrementAndGet();
    S3Config.Builder config = config(name);
    try (S3Client client = S3Uploads.client(config.build())) {
      client.createBucket(request -> request.bucket(name));
    }
    return config;
  }

  static List<String> keys(S3Config config) {
    try (S3Client client = S3Uploads.client(config)) {
      return client
          .listObjectsV2Paginator(request -> request.bucket(config.bucket()))
          .contents()
          .stream()
          .map(S3Object::key)
          .toList();
    }
  }

  static List<MultipartUpload> multipartUploads(S3Config config) {
    try (S3Client client = S3Uploads.client(config)) {
      return client.listMultipartUploads(request -> request.bucket(config.bucket())).uploads();
    }
  }

  static boolean isEmpty(S3Config config) {
    return keys(config).isEmpty() && multipartUploads(config).isEmpty();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
