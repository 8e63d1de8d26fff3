package dev.upload.http;

import dev.upload.core.Uploads;
import dev.upload.core.model.DestinationTemplate;
import dev.upload.core.model.Owner;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadAction;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadScope;
import dev.upload.core.port.UploadIdGenerator;
import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.core.testing.InMemoryChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.core.testing.RememberingDigests;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** What the application wires in production, in memory. */
@Factory
public final class TestBeans {

  /** The header of a request that is to meet a defect. */
  public static final String DEFECT = "X-Defect";

  /** The header that says whose request it is. */
  public static final String OWNER = "X-Owner";

  /** The owner that nobody is. */
  public static final String NOBODY = "nobody";

  /** The owner who is one too many. */
  public static final String CROWD = "crowd";

  /** The header that names an action which is not permitted. */
  public static final String DENIED = "X-Denied";

  /** The header that names the one upload that a request may be for, as a signed URL does. */
  public static final String SINGLE = "X-Single";

  static final long MAX_LENGTH = 100L * 1024 * 1024 * 1024;

  /** How long an upload may stand still. */
  public static final Duration EXPIRY = Duration.ofDays(3);

  static final long MAX_CHUNK = 32L * 1024 * 1024;

  @Singleton
  InMemorySessions sessions() {
    return new InMemorySessions();
  }

  @Singleton
  InMemoryChunkStore store() {
    return new InMemoryChunkStore();
  }

  @Singleton
  WatchedStore channels(InMemoryChunkStore store) {
    return new WatchedStore(store);
  }

  @Singleton
  FaultyChunkStore faultyStore(WatchedStore store) {
    return new FaultyChunkStore(store);
  }

  @Singleton
  AskedRule rule() {
    return new AskedRule();
  }

  @Singleton
  Uploads uploads(FaultyChunkStore store, InMemorySessions sessions, AskedRule rule) {
    return Uploads.over(store, sessions)
        .authorizer(rule)
        .limits(new UploadLimits(MAX_LENGTH, MAX_CHUNK, MAX_LENGTH, 10_000))
        .digests(new RememberingDigests())
        .build();
  }

  @Singleton
  UploadIdGenerator ids() {
    SecureRandom random = new SecureRandom();
    return () -> {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      return new UploadId(HexFormat.of().formatHex(bytes));
    };
  }

  @Singleton
  UploadExpiry expiry() {
    return new UploadExpiry(EXPIRY);
  }

  @Singleton
  DestinationTemplate destinations() {
    return DestinationTemplate.DEFAULT;
  }

  /** All actions but those that a header names. */
  private static Set<UploadAction> permitted(HttpRequest<?> request) {
    Set<UploadAction> actions = EnumSet.allOf(UploadAction.class);
    String denied = request.getHeaders().get(DENIED);
    if (denied != null) {
      actions.remove(UploadAction.valueOf(denied));
    }
    return actions;
  }

  private static UploadScope scope(HttpRequest<?> request) {
    String single = request.getHeaders().get(SINGLE);
    return single == null
        ? new UploadScope.Everything()
        : new UploadScope.Single(new UploadId(single), MAX_LENGTH);
  }

  @Singleton
  RequesterResolver requesters() {
    return request -> {
      if (!Thread.currentThread().isVirtual()) {
        throw new IllegalStateException("requests block, and belong on virtual threads");
      }
      if (request.getHeaders().contains(DEFECT)) {
        throw new IllegalStateException("a defect that a test asked for");
      }
      String owner = request.getHeaders().get(OWNER, String.class).orElse("anonymous");
      if (owner.equals(NOBODY)) {
        throw new UploadRejectedException(new Rejection.Unauthenticated());
      }
      if (owner.equals(CROWD)) {
        throw new UploadRejectedException(new Rejection.Throttled("too many are asking"));
      }
      return new Requester(new Owner(owner), permitted(request), scope(request));
    };
  }
}
