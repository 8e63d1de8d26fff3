package dev.upload.app.wiring;

import dev.upload.core.model.UploadId;
import dev.upload.core.port.UploadIdGenerator;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids that nobody can guess: 128 random bits, in hexadecimal digits. */
record RandomIds(SecureRandom random) implements UploadIdGenerator {

  private static final int BYTES = 16;

  @Override
  public UploadId next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new UploadId(HexFormat.of().formatHex(bytes));
  }
}
