package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real use cases on two nodes that share nothing but a bucket. */
class S3UploadsTest {

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  private final S3Config config = EmbeddedS3.shared().newBucket().prefix("here/").build();
  private final S3Uploads oneStorage = S3Uploads.open(config);
  private final S3Uploads otherStorage = S3Uploads.open(config);
  private final Uploads one = Uploads.over(oneStorage.store(), oneStorage.sessions()).build();
  private final Uploads other = Uploads.over(otherStorage.store(), otherStorage.sessions()).build();

  @AfterEach
  void close() {
    oneStorage.close();
    otherStorage.close();
  }

  @Test
  void chunksThatComeToBothNodesSideBySideAndTwiceMakeOneFile() throws Exception {
    byte[] whole = Bytes.random(17 * MIB + 5, 1);
    UploadDeclaration declaration = Sessions.grid(whole.length, MIB);

    send(declaration, whole);

    UploadSession session = one.describe(declaration.id()).orElseThrow();
    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(Bytes.drain(other.read(session, ByteRange.at(0, whole.length)))).isEqualTo(whole);
    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
  }

  @Test
  void aSmallFileOfTinyChunksDoesTheSame() throws Exception {
    byte[] whole = Bytes.random(900 * KIB + 1, 2);
    UploadDeclaration declaration = Sessions.grid(whole.length, 64 * KIB);

    send(declaration, whole);

    UploadSession session = other.describe(declaration.id()).orElseThrow();
    assertThat(Bytes.drain(one.read(session, ByteRange.at(0, whole.length)))).isEqualTo(whole);
  }

  @Test
  void anUploadThatOneNodeCancelsIsGoneForTheOther() {
    UploadDeclaration declaration = Sessions.grid(12 * MIB, 5 * MIB);
    one.create(declaration);
    Chunk chunk = Chunk.filling(new ByteRange(0, 5 * MIB));
    one.receive(declaration.id(), chunk, Bytes.body(new byte[5 * MIB]));

    other.cancel(declaration.id());

    assertThat(one.describe(declaration.id())).isEmpty();
    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
    assertThat(EmbeddedS3.keys(config)).allMatch(key -> key.startsWith("here/sessions/"));
    assertThat(one.create(declaration).received().total()).isZero();
  }

  @Test
  void whatNobodyGoesOnWithIsPurged() {
    UploadDeclaration declaration = Sessions.grid(12 * MIB, 5 * MIB);
    one.create(declaration);

    assertThat(other.purgeExpired(Duration.ofDays(1)).done()).isEqualTo(1);

    assertThat(one.describe(declaration.id())).isEmpty();
    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
  }

  @Test
  void aWholeThatWaitsOnOneNodeIsMadeOfPartsThatComeToTheOther() {
    byte[] whole = Bytes.random(13 * MIB + 7, 3);
    UploadId first = part(one, whole, 0, 6 * MIB);
    UploadDeclaration second = Sessions.partialOfDeferredLength();
    other.create(second);
    UploadDeclaration declaration = Sessions.concatenation(List.of(first, second.id()));

    assertThat(one.concatenate(declaration).state()).isEqualTo(UploadState.OPEN);
    ByteRange rest = new ByteRange(6 * MIB, whole.length);
    other.receive(second.id(), Chunk.openEnded(0), Bytes.body(whole, rest));
    other.declareLength(second.id(), rest.length());

    UploadSession session = one.describe(declaration.id()).orElseThrow();
    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(Bytes.drain(other.read(session, ByteRange.at(0, whole.length)))).isEqualTo(whole);
    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
  }

  @Test
  void bothNodesMayConcatenateAtOnce() throws Exception {
    byte[] whole = Bytes.random(18 * MIB + 7, 4);
    UploadDeclaration last = Sessions.partial(12 * MIB + 7);
    one.create(last);
    UploadId first = part(one, whole, 0, 5 * MIB);
    UploadId small = part(other, whole, 5 * MIB, 6 * MIB);
    UploadDeclaration declaration = Sessions.concatenation(List.of(first, small, last.id()));
    one.concatenate(declaration);
    ByteRange rest = new ByteRange(6 * MIB, whole.length);
    one.receive(last.id(), Chunk.openEnded(0), Bytes.body(whole, rest));
    List<Future<UploadSession>> answers = new ArrayList<>();

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Uploads node : List.of(one, other, one, other)) {
        answers.add(threads.submit(() -> describedPatiently(node, declaration.id())));
      }
    }

    for (Future<UploadSession> answer : answers) {
      assertThat(answer.get().state()).isEqualTo(UploadState.COMPLETE);
    }
    UploadSession session = other.describe(declaration.id()).orElseThrow();
    assertThat(Bytes.drain(one.read(session, ByteRange.at(0, whole.length)))).isEqualTo(whole);
  }

  @Test
  void partsThatWereConcatenatedLeaveNothingWhenTheyAreCancelled() {
    byte[] whole = Bytes.random(7 * MIB, 5);
    UploadId part = part(one, whole, 0, whole.length);
    UploadSession session = other.concatenate(Sessions.concatenation(List.of(part)));

    one.cancel(part);

    assertThat(Bytes.drain(one.read(session, ByteRange.at(0, whole.length)))).isEqualTo(whole);
    assertThat(EmbeddedS3.keys(config)).noneMatch(key -> key.startsWith("here/uploads/"));
    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
  }

  private static UploadId part(Uploads node, byte[] whole, int from, int to) {
    UploadDeclaration declaration = Sessions.partial(to - from);
    node.create(declaration);
    ByteRange range = new ByteRange(from, to);
    return node.receive(declaration.id(), Chunk.openEnded(0), Bytes.body(whole, range)).id();
  }

  /**
   * What one node has just finished may be a fault for the other, which looks again; and whoever
   * asks while the parts are being copied is told that the whole is not there yet.
   */
  private static UploadSession describedPatiently(Uploads node, UploadId id)
      throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        UploadSession session = node.describe(id).orElseThrow();
        if (session.state() == UploadState.COMPLETE || attempt == 200) {
          return session;
        }
      } catch (StorageUnavailableException e) {
        if (attempt == 200) {
          throw e;
        }
      }
      Thread.sleep(50);
    }
  }

  /** Every chunk goes to both nodes, three at a time. */
  private void send(UploadDeclaration declaration, byte[] whole) throws Exception {
    ChunkGrid grid = (ChunkGrid) declaration.policy();
    List<Integer> cells = new ArrayList<>();
    for (int i = 0; i < grid.count() * 2; i++) {
      cells.add(i % grid.count());
    }
    Collections.shuffle(cells, new Random(7));
    List<Future<UploadSession>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < cells.size(); i++) {
        Uploads node = i % 2 == 0 ? one : other;
        ByteRange cell = grid.cell(cells.get(i));
        answers.add(
            threads.submit(
                () -> {
                  node.create(declaration);
                  return patiently(node, declaration, cell, whole);
                }));
      }
    }
    for (Future<UploadSession> answer : answers) {
      answer.get();
    }
  }

  /** As a client does: a chunk that comes while its twin finishes the upload may meet a 503. */
  private static UploadSession patiently(
      Uploads node, UploadDeclaration declaration, ByteRange cell, byte[] whole) {
    try {
      return node.receive(declaration.id(), Chunk.filling(cell), Bytes.body(whole, cell));
    } catch (StorageUnavailableException e) {
      return node.receive(declaration.id(), Chunk.filling(cell), Bytes.body(whole, cell));
    }
  }
}
