package dev.upload.fs;

import dev.upload.core.model.ByteRange;
import dev.upload.core.port.SocketSink;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ChunkSink} that can also take bytes straight from a socket. They are never seen, so that
 * nobody can tell later what they looked like.
 */
final class SocketChunkSink extends ChunkSink implements SocketSink {

  private final SocketTransfers transfers;
  private final Path path;
  private SocketTransfers.@Nullable Transfer transfer;
  private long lifted;

  /**
   * @param path where {@code file} is
   */
  SocketChunkSink(
      SocketTransfers transfers,
      Path path,
      FileChannel file,
      ByteRange place,
      ChunkChecksum checksum) {
    super(file, place, checksum);
    this.transfers = transfers;
    this.path = path;
  }

  @Override
  public long lift(int socket, long max) throws IOException {
    requireRoom(Math.min(max, 1));
    SocketTransfers.Transfer begun = transfer;
    if (begun == null) {
      begun = transfers.into(path);
      transfer = begun;
    }
    lifted = begun.lift(socket, Math.min(max, room()));
    return lifted;
  }

  @Override
  public void lower() throws IOException {
    if (transfer != null && lifted > 0) {
      transfer.lower(position());
      passed(lifted);
      lifted = 0;
    }
  }

  @Override
  public void close() throws IOException {
    if (transfer != null) {
      transfer.close();
    }
  }
}
