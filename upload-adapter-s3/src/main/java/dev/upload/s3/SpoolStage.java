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
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A piece in a temporary file, for when memory is short. */
final class SpoolStage implements Stage {

  private static final int READ_BYTES = 256 * 1024;

  private final Path file;
  private final FileChannel channel;
  private final Runnable whenClosed;
  private final CRC32C crc = new CRC32C();
  private final @Nullable Sha256 sha256;
  private long length;
  private boolean closed;

  /**
   * @param sha256 whether the bytes will be signed
   */
  SpoolStage(Path directory, boolean sha256, Runnable whenClosed) throws IOException {
    this.sha256 = sha256 ? new Sha256() : null;
    file = Files.createTempFile(directory, "upload-", ".piece");
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
    this.whenClosed = whenClosed;
  }

  @Override
  public void append(ByteBuffer bytes) throws IOException {
    crc.update(bytes.duplicate());
    if (sha256 != null) {
      sha256.update(bytes.duplicate());
    }
    while (bytes.hasRemaining()) {
      length += channel.write(bytes);
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
