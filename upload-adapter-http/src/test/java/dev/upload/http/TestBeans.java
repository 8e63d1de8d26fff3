package dev.upload.http;

import dev.upload.core.Uploads;
import dev.upload.core.model.DestinationTemplate;
import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.port.UploadIdGenerator;
import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.core.testing.InMemoryChunkStore;
import dev.upload.core.testing.InMemorySessions;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/** What the application wires in production, in memory. */
@Factory
public final class TestBeans {

  /** The header of a request that is to meet a defect. */
  public static final String DEFECT = "X-Defect";

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
  Uploads uploads(FaultyChunkStore store, InMemorySessions sessions) {
    return Uploads.over(store, sessions)
        .limits(new UploadLimits(MAX_LENGTH, MAX_CHUNK, MAX_LENGTH, 10_000))
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

  @Singleton
  OwnerResolver owners() {
    return request -> {
      if (!Thread.currentThread().isVirtual()) {
        throw new IllegalStateException("requests block, and belong on virtual threads");
      }
      if (request.getHeaders().contains(DEFECT)) {
        throw new IllegalStateException("a defect that a test asked for");
      }
      return new Owner(request.getHeaders().get("X-Owner", String.class).orElse("anonymous"));
    };
  }
}
