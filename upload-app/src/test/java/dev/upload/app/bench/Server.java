package dev.upload.app.bench;

import java.io.IOException;
import java.util.List;

/**
 * A server under load, in a process of its own.
 *
 * @param files where it leaves what it received
 * @param keeps whether it does that
 */
record Server(String name, Process process, int port, Directory files, boolean keeps)
    implements AutoCloseable {

  Processes processes() {
    return new Processes(process.toHandle());
  }

  /** The same server, whose bytes are in another one's files. */
  Server leavingBytesAt(Server other) {
    return new Server(name, process, port, other.files(), other.keeps());
  }

  /** The same server, for a sender that does not speak to it directly. */
  Server reachedAt(int other) {
    return new Server(name, process, other, files, keeps);
  }

  /** Makes sure that all bytes arrived, and drops them before the disk is troubled with them. */
  void clear(String run, long bytes) throws IOException {
    long held = files.retire(files.top().resolveSibling("done-" + run));
    if (keeps && held != bytes) {
      throw new IOException("%s has %d bytes of %d".formatted(name, held, bytes));
    }
  }

  /** Ends it and its children at once: nothing that it could still save is wanted. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
