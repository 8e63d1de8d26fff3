package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

class S3ProbeTest {

  @Test
  void aStoreThatCanBeUsedIsLeftAsItWas() {
    S3Config config = EmbeddedS3.shared().newBucket().build();

    S3Uploads.open(config).close();

    assertThat(EmbeddedS3.keys(config)).isEmpty();
  }

  @Test
  void aMissingBucketIsNamed() {
    assertUnusable(
        EmbeddedS3.shared().config("no-such-bucket").build(), "no-such-bucket", "no such bucket");
  }

  @Test
  void wrongCredentialsAreSaidToBeWrong() {
    S3Config config = EmbeddedS3.shared().newBucket().credentials("test-access", "guess").build();

    assertUnusable(config, config.bucket(), "the credentials are wrong");
  }

  @Test
  void anEndpointThatDoesNotAnswerIsNamed() {
    S3Config config =
        S3Config.bucket("bucket")
            .endpoint(URI.create("http://127.0.0.1:9"))
            .pathStyle(true)
            .credentials("a", "b")
            .build();

    assertUnusable(config, "http://127.0.0.1:9", "cannot be reached");
  }

  @Test
  void aStoreThatDoesNotKnowConditionalWritesIsRefused() throws Exception {
    EmbeddedS3 careless = EmbeddedS3.start(new Unconditional(new TransientNio2BlobStore(), false));
    try (careless) {
      S3Config config = careless.newBucket().build();

      assertUnusable(config, "If-None-Match", "were told that they had");
      assertThat(EmbeddedS3.keys(config)).isEmpty();
    }
  }

  @Test
  void aStoreThatFailsOnlyWhereWritersRaceIsRefused() throws Exception {
    EmbeddedS3 racy = EmbeddedS3.start(new Unconditional(new TransientNio2BlobStore(), true));
    try (racy) {
      S3Config config = racy.newBucket().build();
      Opened opened = Opened.on(config);
      opened.bucket().putIfAbsent("once", Content.of(new byte[] {1}));

      assertThatThrownBy(() -> opened.bucket().putIfAbsent("once", Content.of(new byte[] {2})))
          .hasMessageContaining("412");
      assertUnusable(config, "If-None-Match", "were told that they had");
    }
  }

  private static void assertUnusable(S3Config config, String... words) {
    assertThatThrownBy(() -> S3Uploads.open(config).close())
        .isInstanceOf(UnusableStoreException.class)
        .hasMessageContainingAll(words);
  }

  /** Ignores the condition of a put, or looks first and puts then. */
  private static final class Unconditional extends ForwardingBlobStore {

    private static final long PATIENCE_SECONDS = 3;

    private final boolean looksFirst;
    private final ConcurrentHashMap<String, CountDownLatch> lookers = new ConcurrentHashMap<>();

    Unconditional(BlobStore delegate, boolean looksFirst) {
      super(delegate);
      this.looksFirst = looksFirst;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
      if (looksFirst && delegate().blobExists(request.bucket(), request.key())) {
        return super.putBlob(request, content);
      }
      try {
        byte[] bytes = content.readAllBytes();
        if (looksFirst) {
          awaitAnother(request.key());
        }
        return super.putBlob(
            request.toBuilder().ifNoneMatch(null).build(), new java.io.ByteArrayInputStream(bytes));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    /** Lets another writer look before this one puts, if there is one. */
    private void awaitAnother(String key) {
      CountDownLatch looked = lookers.computeIfAbsent(key, unseen -> new CountDownLatch(2));
      looked.countDown();
      try {
        boolean unused = looked.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
