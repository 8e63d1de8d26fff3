package dev.upload.s3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A piece in blocks of heap memory, taken as bytes come and given back when closed. */
final class MemoryStage implements Stage {

  private final MemoryBlocks blocks;
  private final long reserved;
  private final List<byte[]> taken = new ArrayList<>();
  private final CRC32C crc = new CRC32C();
  private final @Nullable Sha256 sha256;
  private long length;
  private boolean closed;

  /**
   * @param reserved how many bytes of {@code blocks} are ours until we are closed
   * @param sha256 whether the bytes will be signed
   */
  MemoryStage(MemoryBlocks blocks, long reserved, boolean sha256) {
    this.blocks = blocks;
    this.reserved = reserved;
    this.sha256 = sha256 ? new Sha256() : null;
  }

  @Override
  public void append(ByteBuffer bytes) {
    crc.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      int used = (int) (length % MemoryBlocks.BLOCK_BYTES);
      if (used == 0) {
        taken.add(blocks.take());
      }
      int count = Math.min(bytes.remaining(), MemoryBlocks.BLOCK_BYTES - used);
      bytes.get(taken.getLast(), used, count);
      length += count;
      if (sha256 != null) {
        sha256.update(taken.getLast(), used, count);
      }
    }
  }

  @Override
  public Crc32c checksum() {
    return new Crc32c((int) crc.getValue(), length);
  }

  @Override
  public Optional<String> sha256() {
    return Optional.ofNullable(sha256).map(Sha256::value);
  }

  @Override
  public InputStream open() {
    List<InputStream> streams = new ArrayList<>(taken.size());
    long left = length;
    for (byte[] block : taken) {
      int count = (int) Math.min(left, block.length);
      streams.add(new ByteArrayInputStream(block, 0, count));
      left -= count;
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      blocks.giveBack(taken, reserved);
      taken.clear();
    }
  }
}
