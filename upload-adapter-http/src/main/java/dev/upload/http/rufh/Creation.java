package dev.upload.http.rufh;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.OptionalLong;

/** POST, PUT, PATCH: begins an upload with its first bytes, which may be all or none. */
@Singleton
final class Creation {

  private final Declarations declarations;
  private final Reception reception;
  private final RufhResponses responses;

  Creation(Declarations declarations, Reception reception, RufhResponses responses) {
    this.declarations = declarations;
    this.reception = reception;
    this.responses = responses;
  }

  MutableHttpResponse<?> answer(RufhRequest request) {
    RufhFields fields = request.fields();
    boolean last =
        fields
            .last()
            .orElseThrow(
                () ->
                    RufhFields.malformed(
                        fields.version().completenessField(), "it is not there, or no boolean"));
    UploadDeclaration declaration = declared(request, DeclaredLength.of(fields, 0, last));
    UploadSession session = request.uploads().create(declaration);
    responses.begun(request, session);
    return responses.created(request.http(), request.version(), begun(request, session, last));
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

  private UploadSession begun(RufhRequest request, UploadSession session, boolean last) {
    if (!last && request.fields().contentLength().orElse(1) == 0) {
      return session;
    }
    try {
      return reception.receive(request, session, 0, last);
    } catch (UploadRejectedException refused) {
      if (!(refused.rejection() instanceof Rejection.Interrupted)) {
        withdraw(request, session, refused);
      }
      throw refused;
    } catch (StorageUnavailableException fault) {
      withdraw(request, session, fault);
      throw fault;
    }
  }

  /** A client that was not told where it is will begin another one. */
  private static void withdraw(RufhRequest request, UploadSession session, RuntimeException cause) {
    boolean begunHere = session.state() == UploadState.OPEN && session.received().count() == 0;
    if (!begunHere || request.interims().heard()) {
      return;
    }
    try {
      request.uploads().withdraw(session.id());
    } catch (StorageUnavailableException | UploadRejectedException e) {
      cause.addSuppressed(e); // it expires, or is gone already
    }
  }
}
