package dev.upload.http.body;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Keeps a bounded text in memory. */
final class TextSink implements WritableByteChannel {

  private final int maxBytes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  TextSink(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public int write(ByteBuffer source) {
    int count = source.remaining();
    if (count > maxBytes - bytes.size()) {
      throw new UploadRejectedException(
          new Rejection.TooLarge(
              "form fields", MultipartForm.MAX_FIELD_BYTES, MultipartForm.MAX_FIELD_BYTES + 1L));
    }
    byte[] copy = new byte[count];
    source.get(copy);
    bytes.writeBytes(copy);
    return count;
  }

  String text() throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.toByteArray()))
        .toString();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
