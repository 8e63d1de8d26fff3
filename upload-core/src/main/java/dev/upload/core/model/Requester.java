package dev.upload.core.model;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whoever sends a request, as the edge has found out.
 *
 * @param owner whose uploads it begins and sees
 * @param actions what it may do with them
 * @param scope with which of them
 */
public record Requester(Owner owner, Set<UploadAction> actions, UploadScope scope) {

  /** Whoever asks, where nobody has to say who they are. */
  public static final Requester ANONYMOUS = of(Owner.ANONYMOUS);

  public Requester {
    actions = Set.copyOf(actions);
  }

  /** Returns {@code owner} itself, who may do everything with all of its uploads. */
  public static Requester of(Owner owner) {
    return new Requester(owner, EnumSet.allOf(UploadAction.class), new UploadScope.Everything());
  }

  /** Returns the id of the one upload that it may begin, or the one that {@code free} makes. */
  public UploadId idOr(Supplier<UploadId> free) {
    return switch (scope) {
      case UploadScope.Single one -> one.id();
      case UploadScope.Everything all -> free.get();
    };
  }
}
