package dev.upload.core.model;

/** A request was refused by a rule. Cheap: it carries no stack trace. */
public final class UploadRejectedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Rejection rejection;

  public UploadRejectedException(Rejection rejection) {
    super(rejection.detail(), null, false, false);
    this.rejection = rejection;
  }

  public Rejection rejection() {
    return rejection;
  }
}
