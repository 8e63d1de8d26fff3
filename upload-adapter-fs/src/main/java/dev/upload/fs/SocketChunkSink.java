package dev.upload.fs;

import dev.upload.core.model.ByteRange;
import dev.upload.core.port.SocketSink;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ChunkSink} that can also take bytes straight from a socket. They are never seen, so that
 * nobody can tell later what they looked like.
 */
final class SocketChunkSink extends ChunkSink implements SocketSink {

  private final Start start;
  private SocketTransfers.@Nullable Transfer transfer;
  private long lifted;

  /** Begins to move bytes into the file, once there are any to be moved. */
  @FunctionalInterface
  interface Start {
    SocketTransfers.Transfer transfer() throws IOException;
  }

  SocketChunkSink(
      Start start,
      FileChannel file,
      ByteRange place,
      ChunkChecksum checksum,
      LongConsumer progress) {
    super(file, place, checksum, progress);
    this.start = start;
  }

  @Override
  public long lift(int socket, long max) throws IOException {
    requireRoom(Math.min(max, 1));
    SocketTransfers.Transfer begun = transfer;
    if (begun == null) {
      begun = start.transfer();
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
