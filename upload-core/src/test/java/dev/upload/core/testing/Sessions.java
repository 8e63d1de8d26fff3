package dev.upload.core.testing;

import dev.upload.core.model.AppendOnly;
import dev.upload.core.model.AssemblyPolicy;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.Concatenation;
import dev.upload.core.model.DestinationTemplate;
import dev.upload.core.model.Owner;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadMetadata;
import dev.upload.core.model.UploadSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Declarations and sessions to test with. */
public final class Sessions {

  public static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());

  private Sessions() {}

  /** Returns an id that no other test has. */
  public static UploadId newId() {
    return new UploadId("test-%016x".formatted(NUMBERS.incrementAndGet()));
  }

  /** Returns an upload in cells, the last of which takes the rest. */
  public static UploadDeclaration grid(long length, long chunkSize) {
    return declaration(ChunkGrid.of(length, chunkSize), OptionalLong.of(length));
  }

  /** Returns an upload that is appended to until it has {@code length} bytes. */
  public static UploadDeclaration append(long length) {
    return declaration(new AppendOnly(AppendOnly.Completion.WHEN_FULL), OptionalLong.of(length));
  }

  /** Returns an upload that is appended to until the client says that it is finished. */
  public static UploadDeclaration appendOfUnknownLength() {
    return declaration(new AppendOnly(AppendOnly.Completion.WHEN_DECLARED), OptionalLong.empty());
  }

  /** Returns one such of {@code length} bytes. */
  public static UploadDeclaration declared(long length) {
    return declaration(
        new AppendOnly(AppendOnly.Completion.WHEN_DECLARED), OptionalLong.of(length));
  }

  /** Returns an upload of unknown length that is whole once it has as many bytes as are said. */
  public static UploadDeclaration appendOfDeferredLength() {
    return declaration(new AppendOnly(AppendOnly.Completion.WHEN_FULL), OptionalLong.empty());
  }

  /** Returns an upload of {@code length} bytes that is only there to be concatenated. */
  public static UploadDeclaration partial(long length) {
    return declaration(new AppendOnly(AppendOnly.Completion.NEVER), OptionalLong.of(length));
  }

  /** Returns one such of which nobody has said how many bytes it will have. */
  public static UploadDeclaration partialOfDeferredLength() {
    return declaration(new AppendOnly(AppendOnly.Completion.NEVER), OptionalLong.empty());
  }

  /** Returns an upload that is made of {@code parts}. */
  public static UploadDeclaration concatenation(List<UploadId> parts) {
    return declaration(new Concatenation(parts), OptionalLong.empty());
  }

  private static UploadDeclaration declaration(AssemblyPolicy policy, OptionalLong length) {
    UploadId id = newId();
    UploadMetadata metadata =
        new UploadMetadata(
            Map.of(
                UploadMetadata.FILENAME, "Grüße \"an\" \uD83D\uDE00 alle.bin",
                UploadMetadata.CONTENT_TYPE, "application/x-test"));
    return new UploadDeclaration(
        id,
        Owner.ANONYMOUS,
        policy,
        length,
        metadata,
        DestinationTemplate.DEFAULT.destination(id, Owner.ANONYMOUS, metadata, START),
        START);
  }

  /** Returns a session that is open and empty. */
  public static UploadSession open(UploadDeclaration declaration) {
    return UploadSession.opened(declaration, StoreNotes.NONE);
  }

  /** Returns {@code session} with all of its bytes recorded. */
  public static UploadSession whole(UploadSession session) {
    return session.received(
        ByteRange.at(0, session.length().orElseThrow()), StoreNotes.NONE, START.plusSeconds(1));
  }
}
