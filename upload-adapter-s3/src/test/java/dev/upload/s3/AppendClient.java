package dev.upload.s3;

import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Sessions;

/** Appends to an upload whose length is known. */
final class AppendClient extends AppendingClient {

  AppendClient(Nodes nodes, Tally tally, int length, long seed) {
    super(nodes, tally, length, seed);
  }

  @Override
  UploadSession uploadOnce() throws GoneException, VanishedException {
    return appended(now(Sessions.append(whole().length)), whole()); // always another id
  }
}
