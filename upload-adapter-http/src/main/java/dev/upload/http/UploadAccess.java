package dev.upload.http;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.Uploads;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * The one way from a request to the uploads: as its sender has them. No protocol sees {@link
 * Uploads} itself, so none can forget to ask.
 */
@Singleton
public final class UploadAccess {

  private static final String ATTRIBUTE = "upload.access";

  private final Uploads uploads;
  private final RequesterResolver requesters;

  UploadAccess(Uploads uploads, RequesterResolver requesters) {
    this.uploads = uploads;
    this.requesters = requesters;
  }

  /**
   * Returns the uploads of whoever sent {@code request}, whom it asks for once.
   *
   * @throws dev.upload.core.model.UploadRejectedException if nobody knows who that is
   */
  public AuthorizedUploads of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, AuthorizedUploads.class)
        .orElseGet(
            () -> {
              AuthorizedUploads own = uploads.as(requesters.requesterOf(request));
              request.setAttribute(ATTRIBUTE, own);
              return own;
            });
  }

  /**
   * Does {@code work} for a request to append to an upload: a request that comes later is newer,
   * however long this one takes, to find out who has sent it for instance.
   *
   * @param id as it was sent; what is no id is left to {@code work}
   */
  public <T> T inTurn(String id, Supplier<T> work) {
    return UploadId.isWellFormed(id) ? uploads.inTurn(new UploadId(id), work) : work.get();
  }

  /** Returns what anybody's upload may ask of the server. */
  public UploadLimits limits() {
    return uploads.limits();
  }

  /**
   * Returns what an upload of whoever sent {@code request} may ask of the server. Whoever nobody
   * knows is told what holds for everybody: browsers ask without credentials.
   */
  public UploadLimits limitsFor(HttpRequest<?> request) {
    try {
      return of(request).limits();
    } catch (UploadRejectedException e) {
      return limits();
    }
  }
}
