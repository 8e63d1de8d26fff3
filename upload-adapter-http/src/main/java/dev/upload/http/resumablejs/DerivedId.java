package dev.upload.http.resumablejs;

import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadId;
import dev.upload.http.IdDigest;

/**
 * Makes an upload's id from what a client says of its file: the same file finds its upload again,
 * in another browser too, and files that differ in anything said never meet. Nothing of the
 * client's text is left in it.
 */
final class DerivedId {

  private DerivedId() {}

  static UploadId of(Owner owner, ChunkRequest request) {
    return new IdDigest()
        .add(owner.name())
        .add(request.identifier())
        .add(request.totalSize())
        .add(request.chunkSize())
        .add(request.metadata().filename().orElse(""))
        .add(request.metadata().relativePath().orElse(""))
        .id();
  }
}
