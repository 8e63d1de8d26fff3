package dev.upload.http.tus;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.Concatenation;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.http.Beginning;
import dev.upload.http.UploadAccess;
import dev.upload.http.body.RequestBytes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * POST: begins an upload, perhaps with its first bytes, or puts one together. A body of another
 * type than theirs is nobody's.
 */
@Singleton
final class Creation {

  private final UploadAccess access;
  private final Declarations declarations;
  private final Append append;
  private final TusResponses responses;

  Creation(UploadAccess access, Declarations declarations, Append append, TusResponses responses) {
    this.access = access;
    this.declarations = declarations;
    this.append = append;
    this.responses = responses;
  }

  MutableHttpResponse<?> answer(HttpRequest<?> request, RequestBytes bytes) {
    AuthorizedUploads uploads = access.of(request);
    UploadDeclaration declaration = declarations.declaration(request, uploads.requester());
    declaration.length().ifPresent(length -> uploads.limits().admitLength(Tus.LENGTH, length));
    if (AppendedBytes.areIn(request)) {
      return begun(request, uploads, declaration, bytes);
    }
    return responses.created(
        request,
        declaration.policy() instanceof Concatenation
            ? concatenated(uploads, declaration)
            : uploads.create(declaration));
  }

  private static UploadSession concatenated(
      AuthorizedUploads uploads, UploadDeclaration declaration) {
    return uploads.describe(declaration.id()).orElseGet(() -> uploads.concatenate(declaration));
  }

  private MutableHttpResponse<?> begun(
      HttpRequest<?> request,
      AuthorizedUploads uploads,
      UploadDeclaration declaration,
      RequestBytes bytes) {
    AppendedBytes first = AppendedBytes.of(request);
    if (declaration.policy() instanceof Concatenation) {
      throw new UploadRejectedException(new Rejection.NotAppendable());
    }
    long most = declaration.length().orElse(uploads.limits().maxLength());
    if (first.length().orElse(0) > most) {
      throw new UploadRejectedException(
          new Rejection.TooLarge("Content-Length", most, first.length().orElse(0)));
    }
    return uploads.<MutableHttpResponse<?>>inTurn(
        declaration.id(), () -> sent(request, Beginning.of(uploads, declaration), first, bytes));
  }

  /**
   * Where somebody has sent to it already, the client is told where to go on, and loses nothing.
   */
  private MutableHttpResponse<?> sent(
      HttpRequest<?> request, Beginning beginning, AppendedBytes first, RequestBytes bytes) {
    Optional<UploadSession> known = beginning.goneOnWith();
    UploadSession after =
        known.isPresent()
            ? known.get()
            : firstAppended(beginning, first, first.body(request, bytes));
    return TusResponses.offset(responses.created(request, after), after.offset());
  }

  private UploadSession firstAppended(
      Beginning beginning, AppendedBytes first, AppendedBytes.Body body) {
    try {
      return append.append(beginning.uploads(), beginning.session(), 0, first, body);
    } catch (UploadRejectedException refused) {
      if (!hasBytes(refused.rejection())) {
        beginning.undo(refused);
      }
      throw refused;
    } catch (StorageUnavailableException fault) {
      beginning.undo(fault);
      throw fault;
    }
  }

  /** What was interrupted before its first byte is nothing that anybody would go on with. */
  private static boolean hasBytes(Rejection rejection) {
    return rejection instanceof Rejection.Interrupted cut && cut.received() > 0;
  }
}
