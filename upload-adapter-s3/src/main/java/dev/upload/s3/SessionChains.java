package dev.upload.s3;

import dev.upload.core.model.UploadId;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The chains as objects: single requests, with their answers made certain. */
final class SessionChains {

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int ATTEMPTS = 5;
  private static final long PAUSE_MILLIS = 50;

  private final S3Bucket bucket;
  private final S3Keys keys;

  SessionChains(S3Bucket bucket, S3Keys keys) {
    this.bucket = bucket;
    this.keys = keys;
  }

  /** Returns one link; empty if it was not created yet, or was removed as an old one. */
  Optional<ChainLink> get(UploadId id, long sequence) throws IOException {
    try (InputStream in = bucket.get(keys.link(id, sequence))) {
      return Optional.of(LinkFormat.read(sequence, in));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Returns the place of the newest link: one listing of one key, if nobody else's is in front. */
  OptionalLong newest(UploadId id) {
    List<S3Object> first = bucket.first(keys.chain(id), 1);
    boolean foreign = first.stream().anyMatch(object -> parse(object).isEmpty());
    return (foreign ? objects(id) : first)
        .stream()
            .map(this::parse)
            .flatMap(Optional::stream)
            .mapToLong(S3Keys.Link::sequence)
            .findFirst();
  }

  /**
   * Creates {@code link}, and returns false if another one has its place.
   *
   * <p>A refusal, a fault or a lost answer says nothing for certain: the object that is there then
   * says by its writer whose it is.
   *
   * @throws SdkException if the outcome stays unknown
   */
  boolean create(UploadId id, ChainLink link) throws IOException {
    Content content = Content.of(LinkFormat.write(link));
    for (int attempt = 1; ; attempt++) {
      try {
        bucket.putIfAbsent(keys.link(id, link.sequence()), content);
        return true;
      } catch (SdkException e) {
        Optional<ChainLink> there = get(id, link.sequence());
        if (there.isPresent()) {
          return there.get().writer().equals(link.writer());
        }
        if (attempt == ATTEMPTS || !isWorthRepeating(e)) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  /**
   * 409 while another one is in flight that may yet fail, 412 for one that has just been removed.
   */
  private static boolean isWorthRepeating(SdkException e) {
    return e.retryable()
        || (e instanceof S3Exception s3
            && (s3.statusCode() == CONFLICT
                || s3.statusCode() == PRECONDITION_FAILED
                || s3.statusCode() >= 500));
  }

  private static void pause(int attempt) throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS * attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while recording a session", e);
    }
  }

  void remove(UploadId id, long sequence) {
    bucket.delete(keys.link(id, sequence));
  }

  /** Returns the objects of one chain, newest first. */
  List<S3Object> objects(UploadId id) {
    List<S3Object> objects = new ArrayList<>();
    bucket
        .all(keys.chain(id))
        .forEach(
            object -> {
              if (keys.parseLink(object.key()).isPresent()) {
                objects.add(object);
              }
            });
    return objects;
  }

  /** Returns the objects of all chains: those of a chain come together, newest first. */
  Iterable<S3Object> allObjects() {
    return bucket.all(keys.sessions());
  }

  Optional<S3Keys.Link> parse(S3Object object) {
    return keys.parseLink(object.key());
  }

  void remove(List<S3Object> objects) {
    bucket.delete(objects.stream().map(S3Object::key).toList());
  }
}
