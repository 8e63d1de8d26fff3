package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** One multipart upload of the store: the object's key and the store's own id. */
record Multipart(S3Bucket bucket, String key, String id) {

  private static final int NOT_FOUND = 404;

  static Multipart create(S3Bucket bucket, String key, ObjectHeaders headers) {
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder()
            .bucket(bucket.name())
            .key(key)
            .contentType(headers.contentType())
            .contentDisposition(headers.contentDisposition())
            .metadata(headers.metadata());
    if (bucket.checksums()) {
      request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C).checksumType(ChecksumType.FULL_OBJECT);
    }
    String id = bucket.client().createMultipartUpload(request.build()).uploadId();
    return new Multipart(bucket, key, Answers.required(id, "upload id"));
  }

  /** Stores a part; one of the same number is replaced. */
  StoredPart upload(int number, Content content) {
    UploadPartRequest.Builder request =
        UploadPartRequest.builder().bucket(bucket.name()).key(key).uploadId(id).partNumber(number);
    Crc32c checksum = content.checksum();
    if (bucket.checksums()) {
      request.checksumCRC32C(checksum.base64());
    }
    bucket.digest(content).ifPresent(digest -> KnownDigestSigner.tell(request, digest));
    try (RepeatableBody body = new RepeatableBody(content)) {
      String etag = bucket.client().uploadPart(request.build(), body.asRequestBody()).eTag();
      return new StoredPart(number, Answers.etag(etag), checksum);
    }
  }

  /** Stores a part that the store itself copies: {@code range} of {@code source}. */
  StoredPart copy(int number, PartialObject source, ByteRange range) throws IOException {
    UploadPartCopyRequest.Builder request =
        UploadPartCopyRequest.builder()
            .sourceBucket(bucket.name())
            .sourceKey(source.key())
            .destinationBucket(bucket.name())
            .destinationKey(key)
            .uploadId(id)
            .partNumber(number);
    if (!source.isAll(range)) {
      request.copySourceRange("bytes=%d-%d".formatted(range.start(), range.end() - 1));
    }
    Crc32c checksum = source.checksum(range);
    CopyPartResult copied = bucket.client().uploadPartCopy(request.build()).copyPartResult();
    if (copied == null || copied.eTag() == null) {
      throw new IOException("the store does not say what it copied");
    }
    String reported = copied.checksumCRC32C();
    if (reported != null && !reported.equals(checksum.base64())) {
      throw new IOException(
          "the store copied bytes of checksum %s instead of %s"
              .formatted(reported, checksum.base64()));
    }
    return new StoredPart(number, Answers.etag(copied.eTag()), checksum);
  }

  /**
   * Makes the object of exactly these parts: a part that somebody replaced has another ETag, and is
   * refused by the store.
   */
  CompleteMultipartUploadResponse complete(List<StoredPart> parts, Crc32c whole) {
    List<CompletedPart> completed = parts.stream().map(this::completed).toList();
    return bucket
        .client()
        .completeMultipartUpload(
            request -> {
              request
                  .bucket(bucket.name())
                  .key(key)
                  .uploadId(id)
                  .multipartUpload(upload -> upload.parts(completed));
              if (bucket.checksums()) {
                request.checksumType(ChecksumType.FULL_OBJECT).checksumCRC32C(whole.base64());
              }
            });
  }

  private CompletedPart completed(StoredPart part) {
    CompletedPart.Builder completed =
        CompletedPart.builder().partNumber(part.number()).eTag(part.etag());
    if (bucket.checksums()) {
      completed.checksumCRC32C(part.checksum().base64());
    }
    return completed.build();
  }

  /**
   * Gives up what was stored. A multipart upload that is not there, or not any more, is no error.
   */
  void abort() {
    try {
      bucket
          .client()
          .abortMultipartUpload(request -> request.bucket(bucket.name()).key(key).uploadId(id));
    } catch (NoSuchUploadException e) {
      return;
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_FOUND) {
        throw e;
      }
    }
  }
}
