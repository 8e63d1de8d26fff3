package dev.upload.http;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadScope;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.util.Optional;

/**
 * What became of a request to begin an upload. Where its id is fixed, as by a signed URL, there may
 * be one already: that is its senders', and whoever comes later goes on with it.
 *
 * @param session the upload as it was when this request came to it
 */
public record Beginning(
    AuthorizedUploads uploads, UploadDeclaration declaration, UploadSession session) {

  /** Begins the upload that {@code declaration} declares, or finds it. */
  public static Beginning of(AuthorizedUploads uploads, UploadDeclaration declaration) {
    return new Beginning(uploads, declaration, uploads.create(declaration));
  }

  /** Tells whether this request has begun it. */
  public boolean isNew() {
    return session.isBegunBy(declaration);
  }

  /**
   * Returns the upload if others have sent to it, once nobody does any more: then its first bytes
   * are no longer wanted.
   */
  public Optional<UploadSession> goneOnWith() {
    if (isNew()) {
      return Optional.empty();
    }
    UploadSession now = UploadLookup.requireSettled(uploads, session.id());
    return now.state() == UploadState.OPEN && now.offset() == 0
        ? Optional.empty()
        : Optional.of(now);
  }

  /**
   * Takes the upload away again that this request has begun, as its client was not told where it is
   * and will begin another one. One that was cut off is kept where the next request finds it by its
   * id: it may be that request that has cut this one off.
   */
  public void undo(RuntimeException cause) {
    boolean foundAgain =
        isInterruption(cause) && uploads.requester().scope() instanceof UploadScope.Single;
    if (!isNew() || foundAgain) {
      return;
    }
    try {
      uploads.withdraw(declaration);
    } catch (StorageUnavailableException | UploadRejectedException e) {
      cause.addSuppressed(e); // it expires, or is gone already
    }
  }

  private static boolean isInterruption(RuntimeException cause) {
    return cause instanceof UploadRejectedException refused
        && (refused.rejection() instanceof Rejection.Interrupted
            || refused.rejection() instanceof Rejection.Outdated);
  }
}
