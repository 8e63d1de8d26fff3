package dev.upload.http.tus;

import dev.upload.core.model.Concatenation;
import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadMetadata;
import dev.upload.http.IdDigest;

/**
 * Makes the id of a concatenation from what it is made of: a client that lost the answer and asks
 * again gets the same upload, not another copy. As hard to guess as the ids of its parts.
 */
final class ConcatenationId {

  private ConcatenationId() {}

  static UploadId of(Owner owner, Concatenation concatenation, UploadMetadata metadata) {
    IdDigest digest = new IdDigest().add(owner.name()).add(metadata.asSent());
    for (UploadId part : concatenation.parts()) {
      digest = digest.add(part.value());
    }
    return digest.id();
  }
}
