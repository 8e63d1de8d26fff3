package dev.upload.core.testing;

import dev.upload.core.model.ByteRange;
import dev.upload.core.port.PiecewiseBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Random;

/** Bytes to upload, the same for the same seed, and what was made of them. */
public final class Bytes {

  private Bytes() {}

  /** Returns {@code length} bytes that do not repeat. */
  public static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Returns a body of the bytes of {@code range}. */
  public static PiecewiseBody body(byte[] whole, ByteRange range) {
    return body(slice(whole, range));
  }

  /** Returns a body of {@code bytes}. */
  public static PiecewiseBody body(byte[] bytes) {
    return PiecewiseBody.of(new ByteArrayInputStream(bytes));
  }

  /** Returns a body that breaks off after the first {@code length} bytes of {@code whole}. */
  public static PiecewiseBody brokenBody(byte[] whole, int length) {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] bytes, int offset, int count) throws IOException {
            throw new IOException("connection reset");
          }
        };
    return PiecewiseBody.of(
        new SequenceInputStream(new ByteArrayInputStream(whole, 0, length), broken));
  }

  public static byte[] slice(byte[] whole, ByteRange range) {
    return Arrays.copyOfRange(whole, Math.toIntExact(range.start()), Math.toIntExact(range.end()));
  }

  /** Returns everything that {@code channel} has, and closes it. */
  public static byte[] drain(ReadableByteChannel channel) {
    try (channel) {
      return Channels.newInputStream(channel).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
