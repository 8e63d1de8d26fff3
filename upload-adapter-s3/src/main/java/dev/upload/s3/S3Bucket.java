package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects of one bucket. Every method is one request and its repetitions, or pages of such; they
 * throw the SDK's exceptions.
 *
 * @param checksums whether the store knows CRC-32C
 * @param unsigned whether signatures leave out the bytes of uploads
 */
record S3Bucket(S3Client client, String name, boolean checksums, boolean unsigned) {

  private static final int NOT_FOUND = 404;
  private static final int MAX_DELETES = 1_000;

  static S3Bucket of(S3Client client, S3Config config) {
    return new S3Bucket(client, config.bucket(), !config.portable(), config.leavesBodiesOut());
  }

  /**
   * Returns what the signature is to say of an upload's bytes; empty if the SDK sees to that
   * itself.
   */
  Optional<String> digest(Content bytes) {
    return unsigned ? Optional.of(SignatureV4.UNSIGNED) : bytes.sha256();
  }

  /** Stores an object of an upload's bytes. */
  void put(String key, Content content) {
    put(PutObjectRequest.builder().bucket(name).key(key), content, digest(content));
  }

  /** Stores an upload's bytes as an object that says what it is, and returns its ETag. */
  String put(String key, Content content, ObjectHeaders headers) {
    return put(
        PutObjectRequest.builder()
            .bucket(name)
            .key(key)
            .contentType(headers.contentType())
            .contentDisposition(headers.contentDisposition())
            .metadata(headers.metadata()),
        content,
        digest(content));
  }

  /**
   * Stores a record if there is none of its key: else the store answers 412 or 409. Its signature
   * always covers it: it is small, and what it says is believed.
   */
  void putIfAbsent(String key, Content content) {
    PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(name).key(key);
    put(request.ifNoneMatch("*"), content, content.sha256());
  }

  private String put(PutObjectRequest.Builder request, Content content, Optional<String> digest) {
    if (checksums) {
      request.checksumCRC32C(content.checksum().base64());
    }
    digest.ifPresent(known -> KnownDigestSigner.tell(request, known));
    try (RepeatableBody body = new RepeatableBody(content)) {
      return Answers.etag(client.putObject(request.build(), body.asRequestBody()).eTag());
    }
  }

  /** Opens an object; the caller closes it. */
  ResponseInputStream<GetObjectResponse> get(String key) {
    return client.getObject(request -> request.bucket(name).key(key));
  }

  /**
   * Opens a range, which is not empty, of an object; the caller closes it.
   *
   * @throws SdkClientException if the store has other bytes: whoever reads relies on their number
   */
  ResponseInputStream<GetObjectResponse> get(String key, ByteRange range) {
    String bytes = "bytes=%d-%d".formatted(range.start(), range.end() - 1);
    ResponseInputStream<GetObjectResponse> stream =
        client.getObject(request -> request.bucket(name).key(key).range(bytes));
    long sent = Objects.requireNonNullElse(stream.response().contentLength(), -1L);
    if (sent != range.length()) {
      stream.abort();
      throw SdkClientException.create(
          "the store sends %d bytes of %s instead of %d".formatted(sent, key, range.length()));
    }
    return stream;
  }

  /** Returns what an object says of itself; empty if there is none. */
  Optional<HeadObjectResponse> head(String key) {
    try {
      return Optional.of(
          client.headObject(
              request -> {
                request.bucket(name).key(key);
                if (checksums) {
                  request.checksumMode(ChecksumMode.ENABLED);
                }
              }));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Returns up to {@code limit} objects, at most 1,000, whose keys begin with {@code prefix}. */
  List<S3Object> first(String prefix, int limit) {
    return contents(
        client.listObjectsV2(request -> request.bucket(name).prefix(prefix).maxKeys(limit)));
  }

  /**
   * Returns all objects whose keys begin with {@code prefix}, page by page as they are asked for.
   */
  Iterable<S3Object> all(String prefix) {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder().bucket(name).prefix(prefix).build();
    return () ->
        client.listObjectsV2Paginator(request).stream()
            .flatMap(page -> contents(page).stream())
            .iterator();
  }

  /** An empty page may mean that nothing is there only if it is a page. */
  private static List<S3Object> contents(ListObjectsV2Response page) {
    Answers.required(page.name(), "bucket");
    return page.contents();
  }

  /**
   * Returns all multipart uploads whose keys begin with {@code prefix}, page by page as they are
   * asked for.
   */
  Iterable<MultipartUpload> multipartUploads(String prefix) {
    return client
        .listMultipartUploadsPaginator(
            ListMultipartUploadsRequest.builder().bucket(name).prefix(prefix).build())
        .uploads();
  }

  void delete(String key) {
    client.deleteObject(request -> request.bucket(name).key(key));
  }

  /** Removes objects; those that are not there are no error. */
  void delete(Collection<String> keys) {
    List<String> rest = List.copyOf(keys);
    for (int from = 0; from < rest.size(); from += MAX_DELETES) {
      List<String> page = rest.subList(from, Math.min(rest.size(), from + MAX_DELETES));
      if (page.size() == 1) {
        delete(page.getFirst());
      } else {
        deletePage(page);
      }
    }
  }

  private void deletePage(List<String> keys) {
    List<ObjectIdentifier> ids =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    client
        .deleteObjects(
            request -> {
              request.bucket(name).delete(Delete.builder().objects(ids).quiet(true).build());
              if (checksums) {
                request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
              }
            })
        .errors()
        .stream()
        .findFirst()
        .ifPresent(
            error -> {
              throw S3Exception.builder()
                  .message("could not delete %s: %s".formatted(error.key(), error.message()))
                  .build();
            });
  }

  /** Removes all objects whose keys begin with {@code prefix}. */
  void deleteAll(String prefix) {
    List<String> keys = new ArrayList<>();
    all(prefix).forEach(object -> keys.add(object.key()));
    delete(keys);
  }
}
