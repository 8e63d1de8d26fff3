package dev.upload.http.rufh;

import dev.upload.http.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How a connection ends in the middle of what its client was about to say. */
enum Ending {
  /** As by a client that is done (FIN). */
  END {
    @Override
    void end(RawClient client) throws IOException {
      client.end();
    }
  },
  /** As by a client that crashed, or a middlebox that gave it up (RST). */
  RESET {
    @Override
    void end(RawClient client) throws IOException {
      client.reset();
    }
  };

  abstract void end(RawClient client) throws IOException;

  /** Ends it from a thread of the server's. */
  Runnable of(RawClient client) {
    return () -> {
      try {
        end(client);
      } catch (IOException e) {
        throw new UncheckedIOException("ending", e);
      }
    };
  }
}
