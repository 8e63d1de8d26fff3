package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.UploadSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Makes one upload visible under its key, once or many times with the same outcome.
 *
 * <p>Whenever a request fails, or its answer is lost, the object itself is asked: it is ours if it
 * has our nonce, our length and, where the store tells one, our checksum. "No such upload" alone
 * means nothing: it is what a completed upload says, and also one that a lifecycle rule removed.
 */
final class Assembly {

  /** What a store says that has something else than was recorded: asking again does not help. */
  private static final Set<String> OTHER_BYTES =
      Set.of("InvalidPart", "InvalidPartOrder", "EntityTooSmall", "BadDigest");

  private final S3Bucket bucket;
  private final String key;
  private final UploadSession session;
  private final PartManifest manifest;
  private final long length;

  Assembly(S3Bucket bucket, String key, UploadSession session, PartManifest manifest) {
    this.bucket = bucket;
    this.key = key;
    this.session = session;
    this.manifest = manifest;
    length = session.length().orElse(session.received().prefixEnd());
  }

  /**
   * Returns the ETag of the whole.
   *
   * @throws IOException if the store has lost bytes, or made something else of them
   */
  String run(FragmentStage stage, @Nullable Multipart multipart) throws IOException {
    try {
      return multipart == null || length == 0 ? put(stage, multipart) : complete(stage, multipart);
    } catch (SdkException e) {
      Optional<HeadObjectResponse> found =
          bucket.head(key).filter(object -> isWorkOf(object, manifest.nonce()));
      if (found.isEmpty()) {
        if (saysThatBytesAreLost(e)) {
          throw new LostBytesException(e);
        }
        throw e;
      }
      requireLength(found.get());
      requireChecksum(found.get());
      return Answers.etag(found.get().eTag());
    }
  }

  private static boolean saysThatBytesAreLost(SdkException e) {
    return e instanceof NoSuchUploadException
        || e instanceof NoSuchKeyException
        || Optional.of(e)
            .filter(S3Exception.class::isInstance)
            .map(fault -> ((S3Exception) fault).awsErrorDetails())
            .map(AwsErrorDetails::errorCode)
            .filter(OTHER_BYTES::contains)
            .isPresent();
  }

  /** Tells whether {@code object} was made for the upload of this nonce. */
  static boolean isWorkOf(HeadObjectResponse object, String nonce) {
    return nonce.equals(object.metadata().get(ObjectHeaders.NONCE));
  }

  private void requireLength(HeadObjectResponse object) throws IOException {
    if (object.contentLength() != length) {
      throw new LostBytesException(
          "the store made %d bytes of %d".formatted(object.contentLength(), length));
    }
  }

  private void requireChecksum(HeadObjectResponse object) throws IOException {
    Optional<Crc32c> recorded = checksumOfNotes();
    if (recorded.isPresent()) {
      requireChecksum(object.checksumType(), object.checksumCRC32C(), recorded.get());
    }
  }

  /** Returns the checksum of the whole as far as no byte has to be read for it. */
  private Optional<Crc32c> checksumOfNotes() {
    Crc32c whole = Crc32c.OF_NOTHING;
    for (int number = 1; number <= manifest.plan().count(length); number++) {
      Optional<Crc32c> part = manifest.checksum(number, length);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      whole = whole.then(part.get());
    }
    return Optional.of(whole);
  }

  private String put(FragmentStage stage, @Nullable Multipart multipart) throws IOException {
    if (multipart != null) {
      multipart.abort();
    }
    Content whole = new Joined(stage.contents(slices(ByteRange.at(0, length))));
    return bucket.put(key, whole, ObjectHeaders.of(session, manifest.nonce()));
  }

  private String complete(FragmentStage stage, Multipart multipart) throws IOException {
    List<StoredPart> parts = new ArrayList<>();
    Crc32c whole = Crc32c.OF_NOTHING;
    for (int number = 1; number <= manifest.plan().count(length); number++) {
      StoredPart part = part(number, stage, multipart);
      parts.add(part);
      whole = whole.then(part.checksum());
    }
    if (whole.length() != length) {
      throw new IOException("the parts have %d of %d bytes".formatted(whole.length(), length));
    }
    CompleteMultipartUploadResponse answer = multipart.complete(parts, whole);
    requireChecksum(answer.checksumType(), answer.checksumCRC32C(), whole);
    return Answers.etag(answer.eTag());
  }

  /**
   * A store that checks what we send has refused already; one that only reports is checked here.
   */
  private static void requireChecksum(
      @Nullable ChecksumType type, @Nullable String reported, Crc32c whole) throws IOException {
    if (type == ChecksumType.FULL_OBJECT && reported != null && !reported.equals(whole.base64())) {
      throw new LostBytesException(
          "the store reports checksum %s for bytes of checksum %s"
              .formatted(reported, whole.base64()));
    }
  }

  private StoredPart part(int number, FragmentStage stage, Multipart multipart) throws IOException {
    Optional<StoredPart> part = manifest.part(number);
    return part.isPresent()
        ? part.get()
        : multipart.upload(
            number, new Joined(stage.contents(slices(manifest.plan().part(number, length)))));
  }

  private List<PartManifest.Slice> slices(ByteRange range) throws IOException {
    return manifest
        .fragmentsOf(range)
        .orElseThrow(
            () ->
                new IOException(
                    "no record of bytes %d to %d".formatted(range.start(), range.end())));
  }
}
