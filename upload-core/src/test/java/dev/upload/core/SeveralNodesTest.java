package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A node that knows of no progress since the upload was declared, while others have gone on. */
class SeveralNodesTest extends UploadsFixture {

  private final Uploads behind = Uploads.over(store, new Behind()).build();

  @Test
  void recordsItsChunkBesideThoseOfOthers() {
    UploadDeclaration declaration = Sessions.grid(1_000, 300);
    uploads.create(declaration);
    receive(declaration, 0);

    UploadSession session = receive(behind, declaration, 1);

    assertThat(session.received()).hasToString("0-600");
  }

  @Test
  void finishesTheUploadThatItsChunkMakesWhole() {
    UploadDeclaration declaration = wholeButFor(2);

    UploadSession session = receive(behind, declaration, 2);

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void doesNotRefuseAnAppendBehindBytesThatOthersReceived() {
    UploadDeclaration declaration = Sessions.append(1_000);
    uploads.create(declaration);
    append(uploads, declaration, 0, 400);

    UploadSession session = append(behind, declaration, 400, 600);

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEqualTo(whole);
  }

  @Test
  void recordsNoAppendWhereOthersWereFaster() {
    UploadDeclaration declaration = Sessions.append(1_000);
    uploads.create(declaration);
    append(uploads, declaration, 0, 400);

    assertRejected(() -> append(behind, declaration, 0, 300), new Rejection.OffsetMismatch(400, 0));

    assertThat(sessions.find(declaration.id()).orElseThrow().received()).hasToString("0-400");
  }

  @Test
  void seesAnUploadThatItIsAboutToSendToAsItRemembersIt() {
    UploadDeclaration declaration = Sessions.grid(1_000, 300);
    uploads.create(declaration);
    receive(declaration, 0);

    Optional<UploadSession> seen = toAll(behind).describeToSend(declaration.id());

    assertThat(seen).map(session -> session.received().total()).contains(0L);
    assertThat(toAll(behind).describe(declaration.id())).contains(sessionOf(declaration));
  }

  @Test
  void looksAtAnUploadThatItDoesNotRemember() {
    UploadDeclaration declaration = Sessions.grid(1_000, 300);
    uploads.create(declaration);

    assertThat(toAll(uploads).describeToSend(declaration.id())).contains(sessionOf(declaration));
  }

  private static AuthorizedUploads toAll(Uploads uploads) {
    return uploads.as(Requester.ANONYMOUS);
  }

  private UploadSession sessionOf(UploadDeclaration declaration) {
    return sessions.find(declaration.id()).orElseThrow();
  }

  private UploadSession append(Uploads to, UploadDeclaration declaration, long at, long length) {
    ByteRange range = ByteRange.at(at, length);
    return to.receive(declaration.id(), Chunk.filling(range), Bytes.body(whole, range));
  }

  /** Knows sessions as they were when they were declared, unless it is made to ask. */
  private final class Behind implements SessionRepository {

    @Override
    public Optional<UploadSession> recent(UploadId id) {
      return find(id).map(session -> Sessions.open(session.declaration()));
    }

    @Override
    public Optional<UploadSession> remembered(UploadId id) {
      return recent(id);
    }

    @Override
    public Optional<UploadSession> find(UploadId id) {
      return sessions.find(id);
    }

    @Override
    public boolean insert(UploadSession session) {
      return sessions.insert(session);
    }

    @Override
    public boolean replace(UploadSession next) {
      return sessions.replace(next);
    }

    @Override
    public boolean delete(UploadSession session) {
      return sessions.delete(session);
    }

    @Override
    public List<UploadSession> untouchedSince(UploadState state, Instant cutoff, int limit) {
      return sessions.untouchedSince(state, cutoff, limit);
    }
  }
}
