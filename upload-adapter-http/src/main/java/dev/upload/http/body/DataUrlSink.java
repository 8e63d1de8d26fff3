package dev.upload.http.body;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Base64;
import java.util.Locale;

/**
 * Decodes a {@code data:…;base64,} URL (RFC 2397) on its way into a sink, a piece at a time; RFC
 * 4648 alphabet, padded, no line ends. {@code data:} alone is an empty file, as some browsers spell
 * it.
 */
final class DataUrlSink implements WritableByteChannel {

  private static final int MAX_PREFIX_BYTES = 1024;
  private static final int PIECE_BYTES = 16 * 1024; // a multiple of 4

  private final WritableByteChannel sink;
  private final StringBuilder prefix = new StringBuilder();
  private final byte[] piece = new byte[PIECE_BYTES];
  private boolean inData;
  private int pending;
  private boolean padded;
  private long decoded;

  DataUrlSink(WritableByteChannel sink) {
    this.sink = sink;
  }

  /** Returns how many bytes went into the sink. */
  long decodedBytes() {
    return decoded;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = source.remaining();
    while (!inData && source.hasRemaining()) {
      readPrefix((char) (source.get() & 0xff));
    }
    while (source.hasRemaining()) {
      int step = Math.min(source.remaining(), PIECE_BYTES - pending);
      source.get(piece, pending, step);
      pending += step;
      if (pending == PIECE_BYTES) {
        decodePending();
      }
    }
    return count;
  }

  /** Decodes what is left. To be called when everything was written. */
  void finish() throws IOException {
    if (!inData) {
      if (prefix.toString().equals("data:")) {
        return;
      }
      throw malformed("it is neither a file nor a data: URL");
    }
    decodePending();
  }

  private void readPrefix(char c) {
    if (c == ',') {
      inData = true;
      String head = prefix.toString();
      if (!head.startsWith("data:") || !head.endsWith(";base64")) {
        throw malformed("it is neither a file nor a data: URL in base64");
      }
      return;
    }
    prefix.append(c);
    if (prefix.length() > MAX_PREFIX_BYTES) {
      throw malformed("it is neither a file nor a data: URL");
    }
  }

  private void decodePending() throws IOException {
    if (pending == 0) {
      return;
    }
    if (padded || pending % 4 != 0) {
      throw malformed("its base64 has not groups of 4, or goes on behind its padding");
    }
    padded = piece[pending - 1] == '=';
    ByteBuffer bytes;
    try {
      bytes = Base64.getDecoder().decode(ByteBuffer.wrap(piece, 0, pending));
    } catch (IllegalArgumentException e) {
      throw malformed("it is not base64");
    }
    pending = 0;
    decoded += bytes.remaining();
    while (bytes.hasRemaining()) {
      sink.write(bytes);
    }
  }

  private static UploadRejectedException malformed(String reason) {
    return new UploadRejectedException(new Rejection.Malformed("file", reason));
  }

  /** Tells whether a part can only be text: this is how one in base64 comes. */
  static boolean isMeantFor(PartHead head) {
    return head.filename().isEmpty()
        && head.contentType()
            .map(type -> type.toLowerCase(Locale.ROOT).startsWith("text/plain"))
            .orElse(true);
  }

  @Override
  public boolean isOpen() {
    return sink.isOpen();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
