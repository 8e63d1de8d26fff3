package dev.upload.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.DigestCalculation;
import dev.upload.core.DigestedBody;
import dev.upload.core.Progress;
import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.model.WholeDigests;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.PiecewiseBody;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What a client may live through while it appends, in any order: the bytes that it was told of are
 * the bytes of the file. For the property tests of every store.
 */
public final class AppendSequence {

  private static final int SURPLUS = 7;
  private static final int PIECES = 4;
  private static final int MOST_BY_TIME = 500_000;

  /** A server that can be stopped and started again over the same store. */
  public interface Server {

    Uploads uploads();

    /** Stops it as it is, and returns the one that takes its place. */
    Server restarted();
  }

  /** What happens next. */
  public enum Kind {
    APPEND,
    APPEND_OF_UNKNOWN_LENGTH,
    APPEND_IN_PIECES,
    BREAK,
    BREAK_IN_PIECES,
    ASK,
    WRONG_OFFSET,
    WRONG_DIGEST,
    BREAK_UNDER_DIGEST,
    RESTART;

    private boolean brings() {
      return switch (this) {
        case APPEND, APPEND_OF_UNKNOWN_LENGTH, APPEND_IN_PIECES, BREAK, BREAK_IN_PIECES -> true;
        case ASK, WRONG_OFFSET, WRONG_DIGEST, BREAK_UNDER_DIGEST, RESTART -> false;
      };
    }
  }

  /** How the server knows where the upload ends. */
  public enum End {
    /** Its length is said when it begins. */
    KNOWN,
    /** Its length is said behind the last byte. */
    SAID_LATE,
    /** Its client says that nothing follows. */
    DECLARED
  }

  /**
   * One thing that happens.
   *
   * @param bytes that are sent, and arrive
   */
  public record Step(Kind kind, int bytes) {}

  private final byte[] whole;
  private final UploadDeclaration declaration;
  private final End end;
  private Server server;
  private int offset;

  private AppendSequence(Server server, byte[] whole, End end) {
    this.server = server;
    this.whole = whole;
    this.end = end;
    UploadDeclaration plain =
        switch (end) {
          case KNOWN -> Sessions.append(whole.length - SURPLUS);
          case SAID_LATE -> Sessions.appendOfDeferredLength();
          case DECLARED -> Sessions.appendOfUnknownLength();
        };
    declaration =
        plain.withDigests(new WholeDigests(server.uploads().digestAlgorithms(), List.of()));
  }

  /** Returns sequences whose steps bring at most {@code maxBytes} each. */
  public static Arbitrary<List<Step>> sequences(int maxBytes) {
    Arbitrary<Integer> sizes =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, Math.min(2_000, maxBytes)),
            Arbitraries.integers().between(0, maxBytes));
    return Combinators.combine(Arbitraries.of(Kind.class), sizes).as(Step::new).list().ofMaxSize(9);
  }

  /** Lives through {@code steps}, and returns the server as it is in the end. */
  public static Server yieldsTheBytesSent(Server server, List<Step> steps, End end) {
    int length = steps.stream().filter(step -> step.kind().brings()).mapToInt(Step::bytes).sum();
    byte[] whole = Bytes.random(length + SURPLUS, length);
    AppendSequence sequence = new AppendSequence(server, whole, end);
    sequence.run(steps, length);
    return sequence.server;
  }

  private void run(List<Step> steps, int length) {
    uploads().create(declaration);
    for (Step step : steps) {
      if (described().state() == UploadState.OPEN) {
        happens(step);
      }
      assertThat(described().offset()).as("after %s", step).isEqualTo(offset);
    }
    switch (end) {
      case KNOWN -> {}
      case SAID_LATE -> uploads().declareLength(declaration.id(), length);
      case DECLARED -> declareComplete();
    }

    UploadSession session = described();
    byte[] sent = Bytes.slice(whole, ByteRange.at(0, length));
    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(Bytes.drain(uploads().read(session, ByteRange.at(0, length)))).isEqualTo(sent);
    assertThat(session.digests()).allMatch(made -> made.equals(digest(made.algorithm(), sent)));
    assertThat(session.digests()).hasSameSizeAs(declaration.digests().wanted());
  }

  private void declareComplete() {
    Chunk last = new Chunk(offset, OptionalLong.empty(), true);
    uploads().receive(declaration.id(), last, Bytes.body(new byte[0]));
  }

  private static Digest digest(DigestAlgorithm algorithm, byte[] bytes) {
    DigestCalculation calculation = DigestCalculation.of(algorithm);
    calculation.update(ByteBuffer.wrap(bytes));
    return calculation.digest();
  }

  private void happens(Step step) {
    byte[] next = Bytes.slice(whole, ByteRange.at(offset, Math.min(step.bytes(), left())));
    switch (step.kind()) {
      case APPEND ->
          arrives(Chunk.filling(ByteRange.at(offset, next.length)), Bytes.body(next), next.length);
      case APPEND_OF_UNKNOWN_LENGTH ->
          arrives(Chunk.openEnded(offset), Bytes.body(next), next.length);
      case APPEND_IN_PIECES -> arrivesInPieces(Bytes.body(next), next.length);
      case BREAK_IN_PIECES -> arrivesInPieces(Bytes.brokenBody(next, next.length), next.length);
      case BREAK ->
          arrives(Chunk.openEnded(offset), Bytes.brokenBody(next, next.length), next.length);
      case ASK -> assertThat(settled().offset()).isEqualTo(offset);
      case WRONG_OFFSET -> refused(Chunk.openEnded(offset + 1L), Bytes.body(next));
      case WRONG_DIGEST -> refused(Chunk.openEnded(offset), digested(Bytes.body(next)));
      case BREAK_UNDER_DIGEST ->
          refused(Chunk.openEnded(offset), digested(Bytes.brokenBody(next, next.length)));
      case RESTART -> server = server.restarted();
    }
  }

  private int left() {
    return whole.length - SURPLUS - offset;
  }

  private void arrives(Chunk chunk, ChunkBody body, int bytes) {
    offset += bytes;
    assertThat(uploads().receive(declaration.id(), chunk, body).offset()).isEqualTo(offset);
  }

  /** What was told is there after each piece; the rest is there at the end. */
  private void arrivesInPieces(PiecewiseBody body, int bytes) {
    List<Long> told = new ArrayList<>();
    List<Long> recorded = new ArrayList<>();
    Progress progress =
        new Progress(
            Math.max(1, bytes / PIECES),
            bytes % 2 == 0 && bytes < MOST_BY_TIME ? Duration.ofNanos(1) : Duration.ofDays(1),
            session -> {
              told.add(session.offset());
              recorded.add(uploads().recorded(session.id()).orElseThrow().offset());
            });
    offset += bytes;
    UploadSession after =
        uploads().receive(declaration.id(), Chunk.openEnded(offset - bytes), body, progress);
    assertThat(after.offset()).isEqualTo(offset);
    assertThat(recorded).isEqualTo(told);
  }

  private void refused(Chunk chunk, ChunkBody body) {
    assertThatThrownBy(() -> uploads().receive(declaration.id(), chunk, body))
        .isInstanceOf(UploadRejectedException.class);
  }

  private static ChunkBody digested(ChunkBody body) {
    Digest another = new Digest(DigestAlgorithm.SHA1, Bytes.random(20, 5));
    return new DigestedBody(body, Set.of(DigestAlgorithm.SHA1), () -> List.of(another));
  }

  private Uploads uploads() {
    return server.uploads();
  }

  private UploadSession described() {
    return uploads().describe(declaration.id()).orElseThrow();
  }

  private UploadSession settled() {
    return uploads().settle(declaration.id()).orElseThrow();
  }
}
