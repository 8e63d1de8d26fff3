package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.UploadId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/**
 * Where the pieces of one upload wait that are smaller than a part. Each is an object of its own
 * under a name that is never used again; they are removed only once their bytes are recorded
 * elsewhere.
 */
final class FragmentStage {

  private final S3Bucket bucket;
  private final S3Keys keys;
  private final UploadId id;
  private final String nonce;

  FragmentStage(S3Bucket bucket, S3Keys keys, UploadId id, String nonce) {
    this.bucket = bucket;
    this.keys = keys;
    this.id = id;
    this.nonce = nonce;
  }

  /** Stores {@code content} as the bytes from {@code offset} on. */
  Fragment put(long offset, Content content) {
    Fragment fragment =
        new Fragment(ByteRange.at(offset, content.length()), Tokens.next(), content.checksum());
    bucket.put(key(fragment), content);
    return fragment;
  }

  /** Returns the bytes of {@code slices}, read from the store each time they are opened. */
  List<Content> contents(List<PartManifest.Slice> slices) {
    return slices.stream().map(this::content).toList();
  }

  private Content content(PartManifest.Slice slice) {
    Fragment fragment = slice.fragment();
    long offset = slice.range().start() - fragment.range().start();
    ByteRange within = ByteRange.at(offset, slice.range().length());
    return new Stored(
        this, fragment, within, slice.isWhole() ? fragment.checksum() : sum(fragment, within));
  }

  /**
   * Fragments overlap only where two writers raced: then it takes reading to know a slice's
   * checksum.
   */
  private Crc32c sum(Fragment fragment, ByteRange within) {
    try (InputStream in = bucket.get(key(fragment), within)) {
      return Crc32c.of(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remove(Collection<Fragment> fragments) {
    bucket.delete(fragments.stream().map(this::key).toList());
  }

  /** Removes everything, also what nobody recorded. */
  void removeAll() {
    bucket.deleteAll(keys.unfinished(id, nonce));
  }

  private String key(Fragment fragment) {
    return keys.fragment(id, nonce, fragment);
  }

  /** Bytes of a fragment. */
  private record Stored(FragmentStage stage, Fragment fragment, ByteRange within, Crc32c checksum)
      implements Content {
    @Override
    public InputStream open() {
      return stage.bucket.get(stage.key(fragment), within);
    }
  }
}
