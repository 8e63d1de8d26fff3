package dev.upload.http.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ReadableByteChannel;

/**
 * Bytes on their way to a client.
 *
 * @param channel has them; closed by whoever sends them, or gives up to
 * @param length how many there are
 */
record FileContent(ReadableByteChannel channel, long length) {

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing a file that was read", e);
    }
  }
}
