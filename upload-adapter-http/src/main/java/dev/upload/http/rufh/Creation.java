package dev.upload.http.rufh;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.http.Beginning;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;

/** POST, PUT, PATCH: begins an upload with its first bytes, which may be all or none. */
@Singleton
final class Creation {

  private final Declarations declarations;
  private final Reception reception;
  private final RufhResponses responses;
  private final Refusals refusals;

  Creation(
      Declarations declarations, Reception reception, RufhResponses responses, Refusals refusals) {
    this.declarations = declarations;
    this.reception = reception;
    this.responses = responses;
    this.refusals = refusals;
  }

  MutableHttpResponse<?> answer(RufhRequest request) {
    RufhFields fields = request.fields();
    boolean last = fields.requireLast(Optional.empty());
    UploadDeclaration declaration = declared(request, DeclaredLength.of(fields, 0, last));
    return request
        .uploads()
        .<MutableHttpResponse<?>>inTurn(declaration.id(), () -> begun(request, declaration, last));
  }

  /** Who is told in the middle of it where the upload is may be there with a newer request. */
  private MutableHttpResponse<?> begun(
      RufhRequest request, UploadDeclaration declaration, boolean last) {
    Beginning beginning = Beginning.of(request.uploads(), declaration);
    boolean bringsNothing = !last && request.fields().contentLength().orElse(1) == 0;
    Optional<UploadSession> known = bringsNothing ? Optional.empty() : beginning.goneOnWith();
    if (known.isPresent()) {
      return elsewhere(request, known.get());
    }
    responses.begun(request, beginning.session());
    UploadSession after =
        bringsNothing ? beginning.session() : firstReceived(request, beginning, last);
    return responses.created(request.http(), request.version(), after);
  }

  /** Somebody has sent to it already: the client is told where, and may ask how far that came. */
  private MutableHttpResponse<?> elsewhere(RufhRequest request, UploadSession known) {
    Rejection mismatch = new Rejection.OffsetMismatch(known.offset(), 0);
    return responses.at(
        known,
        request.http(),
        refusals.of(
            request.http(), request.version(), Optional.of(known.id().toString()), mismatch));
  }

  /** Everything that can be refused is, before anything is begun. */
  private UploadDeclaration declared(RufhRequest request, OptionalLong length) {
    AuthorizedUploads uploads = request.uploads();
    UploadDeclaration declaration = declarations.declaration(request, length);
    long bytes = request.fields().contentLength().orElse(0);
    uploads.limits().admitLength(Rufh.LENGTH, length.orElse(bytes));
    uploads.limits().admitBody(declaration.policy(), bytes);
    return declaration;
  }

  private UploadSession firstReceived(RufhRequest request, Beginning beginning, boolean last) {
    try {
      return reception.receive(request, beginning.session(), 0, last);
    } catch (UploadRejectedException | StorageUnavailableException failure) {
      if (!request.interims().heard()) { // who was told where it is may go on with it
        beginning.undo(failure);
      }
      throw failure;
    }
  }
}
