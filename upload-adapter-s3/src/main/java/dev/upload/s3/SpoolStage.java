package dev.upload.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** A piece in a temporary file, for when memory is short. */
final class SpoolStage implements Stage {

  private static final int READ_BYTES = 256 * 1024;

  private final Path file;
  private final FileChannel channel;
  private final Runnable whenClosed;
  private final CRC32C crc = new CRC32C();
  private long length;
  private boolean closed;

  SpoolStage(Path directory, Runnable whenClosed) throws IOException {
    file = Files.createTempFile(directory, "upload-", ".piece");
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
    this.whenClosed = whenClosed;
  }

  @Override
  public void append(ByteBuffer bytes) throws IOException {
    crc.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      length += channel.write(bytes);
    }
  }

  @Override
  public Crc32c checksum() {
    return new Crc32c((int) crc.getValue(), length);
  }

  @Override
  public InputStream open() throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), READ_BYTES);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("could not remove the temporary file " + file, e);
    } finally {
      whenClosed.run();
    }
  }
}
