package dev.upload.fs;

import java.nio.file.Path;

/** Nothing to move bytes with. */
final class NoSocketTransfers implements SocketTransfers {

  @Override
  public boolean available() {
    return false;
  }

  @Override
  public Transfer into(Path file) {
    throw new UnsupportedOperationException("cannot move bytes from a socket into " + file);
  }
}
