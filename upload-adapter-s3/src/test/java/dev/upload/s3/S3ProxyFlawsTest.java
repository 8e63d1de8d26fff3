package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Where S3Proxy 4.1.0 is not S3. A test here that fails means that it has become better. */
class S3ProxyFlawsTest {

  private final S3Config config = EmbeddedS3.shared().newBucket().build();
  private final Opened opened = Opened.on(config);

  @Test
  void itTakesPartsOfAnUploadThatWasAborted() {
    Rehearsal upload = Rehearsal.ofGrid(opened.store(), 6 << 20, 6 << 20);
    String key = opened.keys().destination(upload.session().destination());
    Multipart multipart =
        new Multipart(opened.bucket(), key, upload.manifest().multipartId().orElseThrow());
    multipart.abort();

    assertThat(multipart.upload(1, Content.of(new byte[10])).etag()).isNotEmpty();
  }

  /** Which is why the length of the whole is not sent along, though AWS would check it. */
  @Test
  void itRefusesTheHeaderThatTellsTheLengthOfTheWhole() {
    Rehearsal upload = Rehearsal.ofGrid(opened.store(), 6 << 20, 6 << 20).writeAll();
    StoredPart part = upload.manifest().part(1).orElseThrow();
    CompletedPart completed = CompletedPart.builder().partNumber(1).eTag(part.etag()).build();
    CompleteMultipartUploadRequest request =
        CompleteMultipartUploadRequest.builder()
            .bucket(config.bucket())
            .key(opened.keys().destination(upload.session().destination()))
            .uploadId(upload.manifest().multipartId().orElseThrow())
            .multipartUpload(parts -> parts.parts(List.of(completed)))
            .mpuObjectSize(6L << 20)
            .build();

    assertThatThrownBy(() -> opened.client().completeMultipartUpload(request))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(501));
  }
}
