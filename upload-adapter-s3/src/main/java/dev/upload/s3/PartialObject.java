package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The bytes of a full partial upload, as an object that parts can be copied from. It lies where the
 * upload's fragments do, and goes with them when the upload is discarded.
 */
final class PartialObject {

  private final S3Bucket bucket;
  private final String key;
  private final PartManifest manifest;
  private final long length;

  /**
   * @param manifest of the partial upload
   * @param length its bytes
   */
  PartialObject(S3Bucket bucket, String key, PartManifest manifest, long length) {
    this.bucket = bucket;
    this.key = key;
    this.manifest = manifest;
    this.length = length;
  }

  String key() {
    return key;
  }

  /** Tells whether the object has been made. */
  boolean exists() {
    return bucket
        .head(key)
        .filter(object -> Assembly.isWorkOf(object, manifest.nonce()))
        .filter(object -> object.contentLength() == length)
        .isPresent();
  }

  /** Tells whether the store copies {@code range}: of small objects it copies all or nothing. */
  boolean isCopyable(ByteRange range) {
    return isAll(range) || length > PartPlan.MIN_PART_BYTES;
  }

  boolean isAll(ByteRange range) {
    return range.length() == length;
  }

  /** Returns the bytes of {@code range}, read from the store each time they are opened. */
  Content content(ByteRange range) {
    return new Slice(this, range, checksum(range));
  }

  /**
   * Returns the checksum of {@code range}. Joined from those of the upload's parts; only what is
   * cut through at its ends is read for it.
   */
  Crc32c checksum(ByteRange range) {
    Crc32c sum = Crc32c.OF_NOTHING;
    long at = range.start();
    while (at < range.end()) {
      int number = manifest.plan().partAt(at);
      ByteRange part = manifest.plan().part(number, length);
      ByteRange stretch = new ByteRange(at, Math.min(part.end(), range.end()));
      sum = sum.then(stretch.equals(part) ? checksumOf(number, part) : read(stretch));
      at = stretch.end();
    }
    return sum;
  }

  private Crc32c checksumOf(int number, ByteRange part) {
    return manifest.checksum(number, length).orElseGet(() -> read(part));
  }

  private Crc32c read(ByteRange range) {
    try (InputStream in = open(range)) {
      return Crc32c.of(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InputStream open(ByteRange range) {
    return bucket.get(key, range);
  }

  /** Bytes of the object. */
  private record Slice(PartialObject object, ByteRange range, Crc32c checksum) implements Content {
    @Override
    public InputStream open() {
      return object.open(range);
    }
  }
}
