package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What S3Proxy cannot show: checksums of the whole, and TLS. */
class S3MockTest {

  private static final int MIB = 1 << 20;

  private static S3MockProcess server;

  @BeforeAll
  static void start() throws IOException {
    server = S3MockProcess.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theWholeHasTheChecksumThatItsPartsJoinInto() {
    Opened opened = server.newBucket("checksums");
    Rehearsal upload = Rehearsal.ofGrid(opened.store(), 20 * MIB + 3, 3 * MIB);
    upload.writeAll().assemble();

    upload.assertReadsBack();
    HeadObjectResponse whole =
        opened
            .bucket()
            .head(opened.keys().destination(upload.session().destination()))
            .orElseThrow();
    assertThat(whole.checksumCRC32C())
        .isEqualTo(Crc32c.of(Bytes.random(20 * MIB + 3, 20 * MIB + 3)).base64());
  }

  @Test
  void directPartsAndSmallFilesAreKeptToo() {
    Opened opened = server.newBucket("sizes");
    for (int length : new int[] {0, 1, 5 * MIB, 12 * MIB + 1}) {
      Rehearsal.ofGrid(opened.store(), length, 5 * MIB).writeAll().assemble().assertReadsBack();
    }
  }

  @Test
  void aWholeOfCopiedPartsHasTheChecksumThatItsSourcesJoinInto() {
    Opened opened = server.newBucket("concatenation");
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    List<UploadSession> sources = new ArrayList<>();
    for (int size : new int[] {MIB, 17 * MIB + 3, 6 * MIB, 11}) {
      sources.add(source(opened.store(), Bytes.random(size, size)));
      sent.writeBytes(Bytes.random(size, size));
    }

    UploadSession whole = concatenated(opened.store(), sources, sent.size());

    HeadObjectResponse object =
        opened.bucket().head(opened.keys().destination(whole.destination())).orElseThrow();
    assertThat(object.checksumCRC32C()).isEqualTo(Crc32c.of(sent.toByteArray()).base64());
  }

  private static UploadSession source(ChunkStore store, byte[] bytes) {
    UploadDeclaration declaration = Sessions.partial(bytes.length);
    UploadSession session =
        UploadSession.opened(declaration, store.open(Sessions.open(declaration)));
    StoredChunk stored = store.write(session, Chunk.openEnded(0), Bytes.body(bytes));
    return session.received(ByteRange.at(0, bytes.length), stored.notes(), Sessions.START);
  }

  private static UploadSession concatenated(
      ChunkStore store, List<UploadSession> sources, long length) {
    UploadDeclaration declaration =
        Sessions.concatenation(sources.stream().map(UploadSession::id).toList());
    UploadSession session =
        UploadSession.opened(declaration, store.open(Sessions.open(declaration)))
            .withLength(length, Sessions.START);
    for (UploadSession source : sources) {
      StoredChunk stored = store.copy(session, session.offset(), source);
      ByteRange range = ByteRange.at(session.offset(), stored.length());
      session = session.received(range, stored.notes(), Sessions.START);
    }
    return session.completed(store.assemble(session), Sessions.START);
  }

  @Test
  void bytesThatChangeOnTheirWayAreRefused() {
    Opened opened = server.newBucket("corruption");
    byte[] bytes = Bytes.random(1_000, 1);
    Content corrupted =
        new Content() {
          @Override
          public Crc32c checksum() {
            return Crc32c.of(bytes);
          }

          @Override
          public InputStream open() {
            byte[] others = bytes.clone();
            others[500] ^= 1;
            return new ByteArrayInputStream(others);
          }
        };

    assertThatThrownBy(() -> opened.bucket().put("key", corrupted))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  /** A flaw of S3Mock 5.2.0, and what the probe is for: it lets several writers win. */
  @Test
  void s3MockItselfIsRefusedForRecords() {
    Opened opened = server.newBucket("race");
    S3Probe probe = new S3Probe(opened.bucket(), opened.keys(), opened.config().place());

    assertThatThrownBy(
            () -> {
              for (int attempt = 0; attempt < 20; attempt++) {
                probe.run(); // it does not fail in every race
              }
            })
        .isInstanceOf(UnusableStoreException.class)
        .hasMessageContaining("bucket 'race'");
  }
}
