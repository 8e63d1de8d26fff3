package dev.upload.s3;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A client whose process falls asleep right before or after it puts an object. */
final class SleepyClient extends DelegatingS3Client {

  private final AtomicReference<@Nullable Runnable> meanwhile = new AtomicReference<>();
  private final AtomicReference<@Nullable Runnable> afterwards = new AtomicReference<>();

  SleepyClient(S3Client delegate) {
    super(delegate);
  }

  /** Makes the next put fall asleep while {@code world} runs. */
  void sleepWhile(Runnable world) {
    meanwhile.set(world);
  }

  /** Makes the next put fall asleep when it is done, but has not been answered. */
  void sleepAfterwards(Runnable world) {
    afterwards.set(world);
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    Runnable world = meanwhile.getAndSet(null);
    if (world != null) {
      world.run();
    }
    PutObjectResponse answer = super.putObject(request, body);
    Runnable later = afterwards.getAndSet(null);
    if (later != null) {
      later.run();
    }
    return answer;
  }
}
