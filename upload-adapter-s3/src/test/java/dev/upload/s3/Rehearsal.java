package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.util.List;
import java.util.stream.IntStream;

/** One upload on a store, with what a use case does around it, in short. */
final class Rehearsal {

  private final ChunkStore store;
  private final byte[] whole;
  private UploadSession session;

  private Rehearsal(ChunkStore store, UploadDeclaration declaration, byte[] whole) {
    this.store = store;
    this.whole = whole;
    session = UploadSession.opened(declaration, store.open(Sessions.open(declaration)));
  }

  static Rehearsal ofGrid(ChunkStore store, int length, int chunkSize) {
    return new Rehearsal(store, Sessions.grid(length, chunkSize), Bytes.random(length, length));
  }

  static Rehearsal ofAppend(ChunkStore store, int length) {
    return new Rehearsal(store, Sessions.append(length), Bytes.random(length, length));
  }

  static Rehearsal ofUnknownLength(ChunkStore store, int length) {
    return new Rehearsal(store, Sessions.appendOfUnknownLength(), Bytes.random(length, length));
  }

  static Rehearsal ofDeferredLength(ChunkStore store, int length) {
    return new Rehearsal(store, Sessions.appendOfDeferredLength(), Bytes.random(length, length));
  }

  UploadSession session() {
    return session;
  }

  List<ByteRange> cells() {
    ChunkGrid grid = (ChunkGrid) session.policy();
    return IntStream.range(0, grid.count()).mapToObj(grid::cell).toList();
  }

  /** Writes a range and records it. */
  Rehearsal write(ByteRange range) {
    return record(range, written(range, session));
  }

  Rehearsal writeAll() {
    cells().forEach(this::write);
    return this;
  }

  /**
   * Appends what comes behind the offset, up to {@code end}, in one body of no announced length.
   */
  Rehearsal append(int end) {
    ByteRange range = new ByteRange(session.offset(), end);
    StoredChunk stored =
        store.write(session, Chunk.openEnded(range.start()), Bytes.body(whole, range));
    assertThat(stored.length()).isEqualTo(range.length());
    return record(range, stored);
  }

  /** Writes a range as somebody who last saw {@code view}, and records nothing. */
  StoredChunk written(ByteRange range, UploadSession view) {
    StoredChunk stored = store.write(view, Chunk.filling(range), Bytes.body(whole, range));
    assertThat(stored.length()).isEqualTo(range.length());
    return stored;
  }

  Rehearsal record(ByteRange range, StoredChunk stored) {
    session = session.received(range, stored.notes(), Sessions.START);
    return this;
  }

  Rehearsal sayLength() {
    session = session.withLength(whole.length, Sessions.START);
    return this;
  }

  Rehearsal declareComplete() {
    session = session.declaredComplete(Sessions.START);
    return this;
  }

  Rehearsal assemble() {
    session = session.completed(store.assemble(session), Sessions.START);
    return this;
  }

  void assertReadsBack() {
    ByteRange everything = ByteRange.at(0, whole.length);
    assertThat(Bytes.drain(store.read(session, everything))).isEqualTo(whole);
  }

  PartManifest manifest() {
    return PartManifest.of(session.notes());
  }
}
