package dev.upload.app.bench;

import java.io.IOException;
import java.util.List;

/** What a server is sent in one turn. */
interface Load {

  /**
   * Sends all of it and returns what that took.
   *
   * @param run makes its uploads new ones
   */
  List<Reading> send(Server server, Dialect dialect, String run)
      throws IOException, InterruptedException;

  /** Bytes of files that the server has to have afterwards. */
  long bytes();
}
