package dev.upload.s3;

import dev.upload.core.model.UploadId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Finds and frees what no record names: a multipart upload that was created twice because the first
 * answer was lost, a fragment that arrived when its upload was finished already.
 *
 * <p>Others may use the bucket too. A multipart upload is taken for ours only if its key has the id
 * of an upload that is recorded, or was lately; if it lies among what is unfinished; or if this
 * process has asked for it.
 */
final class Strays {

  private static final System.Logger LOG = System.getLogger(Strays.class.getName());
  private static final int FORBIDDEN = 403;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int REMEMBERED = 10_000;

  private final S3Bucket bucket;
  private final S3Keys keys;
  private final SessionChains chains;
  private final Duration patience;
  private final Supplier<Moment> clock;
  private final Map<String, UploadId> asked =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UploadId> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param patience how old a stray is at least: more than it takes to record what was begun, and
   *     more than the clocks of node and store differ
   */
  Strays(
      S3Bucket bucket,
      S3Keys keys,
      SessionChains chains,
      Duration patience,
      Supplier<Moment> clock) {
    this.bucket = bucket;
    this.keys = keys;
    this.chains = chains;
    this.patience = patience;
    this.clock = clock;
  }

  /** Remembers that this process is about to create a multipart upload of {@code key}. */
  void asking(String key, UploadId id) {
    synchronized (asked) {
      asked.put(key, id);
    }
  }

  private Optional<UploadId> asker(String key) {
    synchronized (asked) {
      return Optional.ofNullable(asked.get(key));
    }
  }

  /** Frees what is old enough. */
  void free() throws IOException {
    Instant youngest = clock.get().wall().minus(patience);
    int objects = freeObjects(youngest);
    int uploads = freeMultipartUploads(youngest);
    if (objects + uploads > 0) {
      LOG.log(
          System.Logger.Level.INFO,
          "freed {0} objects and {1} multipart uploads that no record names",
          objects,
          uploads);
    }
  }

  private int freeObjects(Instant youngest) throws IOException {
    List<String> strays = new ArrayList<>();
    S3Keys.Unfinished last = null;
    boolean needed = true;
    for (S3Object object : bucket.all(keys.unfinished())) {
      Optional<S3Keys.Unfinished> owner = keys.parseUnfinished(object.key());
      if (owner.isEmpty() || !object.lastModified().isBefore(youngest)) {
        continue;
      }
      if (!owner.get().equals(last)) { // neighbours in the listing share an answer
        last = owner.get();
        needed = isUnfinished(last);
      }
      if (!needed) {
        strays.add(object.key());
      }
    }
    bucket.delete(strays);
    return strays.size();
  }

  private boolean isUnfinished(S3Keys.Unfinished owner) throws IOException {
    OptionalLong newest = chains.newest(owner.id());
    return newest.isPresent()
        && records(
            owner.id(),
            newest.getAsLong(),
            manifest -> manifest.nonce().equals(owner.nonce()) && !manifest.isDone());
  }

  private int freeMultipartUploads(Instant youngest) throws IOException {
    int freed = 0;
    try {
      for (MultipartUpload upload : bucket.multipartUploads(keys.prefix())) {
        if (upload.initiated().isBefore(youngest) && isStray(upload)) {
          new Multipart(bucket, upload.key(), upload.uploadId()).abort();
          freed++;
        }
      }
    } catch (S3Exception e) {
      if (e.statusCode() != FORBIDDEN && e.statusCode() != NOT_IMPLEMENTED) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.DEBUG, "multipart uploads cannot be listed here, or not aborted", e);
    }
    return freed;
  }

  private boolean isStray(MultipartUpload upload) throws IOException {
    Optional<UploadId> asker = asker(upload.key());
    Optional<UploadId> owner = keys.parseUnfinished(upload.key()).map(S3Keys.Unfinished::id);
    boolean ours = asker.isPresent() || owner.isPresent();
    Set<UploadId> ids = new LinkedHashSet<>(keys.idsIn(upload.key()));
    asker.ifPresent(ids::add);
    owner.ifPresent(ids::add);
    for (UploadId id : ids) {
      OptionalLong newest = chains.newest(id);
      if (newest.isPresent() && records(id, newest.getAsLong(), naming(upload))) {
        return false;
      }
      ours |= newest.isPresent();
    }
    return ours;
  }

  private static Condition naming(MultipartUpload upload) {
    return manifest -> manifest.multipartId().filter(upload.uploadId()::equals).isPresent();
  }

  /** What a record has to be like for something to be needed. */
  private interface Condition {
    boolean holds(PartManifest manifest);
  }

  /** A record that cannot be read may need anything; so may one that has just been passed. */
  private boolean records(UploadId id, long sequence, Condition condition) throws IOException {
    try {
      Optional<ChainLink> link = chains.get(id, sequence);
      return link.isEmpty()
          || link.flatMap(ChainLink::manifest).filter(condition::holds).isPresent();
    } catch (UnreadableRecordException | IllegalArgumentException e) {
      return true;
    }
  }
}
