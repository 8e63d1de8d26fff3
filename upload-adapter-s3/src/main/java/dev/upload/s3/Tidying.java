package dev.upload.s3;

import dev.upload.core.model.StoreNotes;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a write does beside its own work: removes fragments whose part is recorded, and makes parts
 * of fragments that are all there because their last two came at the same time.
 *
 * <p>Nothing here is owed to the sender: what fails is left to a later write, or to the assembly.
 */
final class Tidying {

  private static final System.Logger LOG = System.getLogger(Tidying.class.getName());

  private final PartManifest recorded;
  private final FragmentStage stage;
  private final @Nullable Multipart multipart;
  private final Combining combining;

  Tidying(
      PartManifest recorded,
      FragmentStage stage,
      @Nullable Multipart multipart,
      Combining combining) {
    this.recorded = recorded;
    this.stage = stage;
    this.multipart = multipart;
    this.combining = combining;
  }

  /** Returns what has to be recorded of it. */
  StoreNotes run(long length) {
    try {
      return PartManifest.both(withoutSuperseded(), combined(length));
    } catch (SdkException | UncheckedIOException e) {
      LOG.log(System.Logger.Level.DEBUG, "left over for a later write", e);
      return StoreNotes.NONE;
    }
  }

  private StoreNotes withoutSuperseded() {
    List<Fragment> superseded = recorded.superseded();
    stage.remove(superseded);
    return PartManifest.forgetting(superseded);
  }

  /** One at a time: the sender waits. */
  private StoreNotes combined(long length) {
    Multipart target = multipart;
    if (target == null) {
      return StoreNotes.NONE;
    }
    return recorded.combinable(length).stream()
        .findFirst()
        .flatMap(
            number ->
                combining.once(recorded.nonce(), number, () -> combine(target, number, length)))
        .map(PartManifest::noting)
        .orElse(StoreNotes.NONE);
  }

  private StoredPart combine(Multipart target, int number, long length) {
    Optional<List<PartManifest.Slice>> slices =
        recorded.fragmentsOf(recorded.plan().part(number, length));
    return target.upload(number, new Joined(stage.contents(slices.orElseThrow())));
  }
}
