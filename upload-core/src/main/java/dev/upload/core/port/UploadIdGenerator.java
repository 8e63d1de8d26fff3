package dev.upload.core.port;

import dev.upload.core.model.UploadId;

/** Makes ids that nobody can guess: at least 128 bits of a cryptographic source. */
@FunctionalInterface
public interface UploadIdGenerator {

  UploadId next();
}
