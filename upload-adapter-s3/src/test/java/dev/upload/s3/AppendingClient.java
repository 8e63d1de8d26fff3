package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.testing.Bytes;

/** Appends, and asks for the offset after whatever went wrong, as clients of tus do. */
abstract class AppendingClient extends PatientClient {

  AppendingClient(Nodes nodes, Tally tally, int length, long seed) {
    super(nodes, tally, length, seed);
  }

  /** Begins an upload, and appends {@code bytes}, which are all that it shall have. */
  final UploadSession appended(UploadDeclaration declaration, byte[] bytes)
      throws GoneException, VanishedException {
    UploadSession session = patiently(declaration.id(), node -> node.create(declaration));
    long acknowledged = 0;
    while (acknowledged < bytes.length || session.state() == UploadState.ASSEMBLING) {
      vanishAtTimes(session.id());
      session = acknowledged < bytes.length ? append(session, bytes) : asked(session.id());
      require(
          session.offset() >= acknowledged,
          "%d bytes were acknowledged, %d are there".formatted(acknowledged, session.offset()));
      tally().count("bytes acknowledged", session.offset() - acknowledged);
      acknowledged = session.offset();
    }
    return session;
  }

  /** A body that breaks off now and then; whoever has lost track asks. */
  private UploadSession append(UploadSession session, byte[] whole) throws GoneException {
    int from = Math.toIntExact(session.offset());
    int to = Math.min(whole.length, from + 1 + random(whole.length));
    byte[] bytes = Bytes.slice(whole, new ByteRange(from, to));
    boolean breaks = random(8) == 0;
    int sent = breaks ? random(bytes.length) : bytes.length;
    try {
      return patiently(
          session.id(),
          node -> {
            ChunkBody body = breaks ? Bytes.brokenBody(bytes, sent) : Bytes.body(bytes);
            return node.receive(session.id(), Chunk.openEnded(from), body);
          });
    } catch (UploadRejectedException e) {
      if (e.rejection() instanceof Rejection.OffsetMismatch
          || e.rejection() instanceof Rejection.WrongState) {
        tally().count("appends at an offset that had moved on unseen");
        return asked(session.id());
      }
      throw e;
    }
  }

  private UploadSession asked(UploadId id) throws GoneException {
    return patiently(id, node -> node.settle(id).orElseThrow(PatientClient::unknown));
  }
}
