package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.util.ArrayList;
import java.util.List;

/** Sends two partial uploads, and has them concatenated. */
final class ConcatenatingClient extends AppendingClient {

  ConcatenatingClient(Nodes nodes, Tally tally, int length, long seed) {
    super(nodes, tally, length, seed);
  }

  @Override
  UploadSession uploadOnce() throws GoneException, VanishedException {
    int border = random(whole().length);
    List<UploadId> parts = new ArrayList<>();
    for (ByteRange range :
        List.of(new ByteRange(0, border), new ByteRange(border, whole().length))) {
      byte[] bytes = Bytes.slice(whole(), range);
      parts.add(appended(now(Sessions.partial(bytes.length)), bytes).id());
    }
    UploadDeclaration declaration = now(Sessions.concatenation(parts));
    UploadSession session = patiently(declaration.id(), node -> node.concatenate(declaration));
    while (session.state() != UploadState.COMPLETE) {
      session = described(declaration.id());
    }
    return session;
  }
}
