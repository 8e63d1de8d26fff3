package dev.upload.core;

import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadAction;
import dev.upload.core.model.UploadScope;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.UploadAuthorizer;

/**
 * Everybody's uploads are their own, and for others there are none. Whoever has one upload only may
 * not take it away any more once it is finished: it is handed over then.
 */
public final class OwnersOnly implements UploadAuthorizer {

  /** Makes the rule; it has nothing to choose. */
  public OwnersOnly() {}

  @Override
  public Decision decide(Requester requester, UploadAction action, UploadSession upload) {
    boolean own = upload.declaration().owner().equals(requester.owner());
    if (!own || !requester.scope().has(upload.id())) {
      return Decision.HIDDEN;
    }
    boolean handedOver =
        action == UploadAction.CANCEL
            && requester.scope() instanceof UploadScope.Single
            && upload.state() == UploadState.COMPLETE;
    return requester.actions().contains(action) && !handedOver
        ? Decision.PERMITTED
        : Decision.FORBIDDEN;
  }
}
