package dev.upload.app.kills;

/** The app gave an answer that its protocol's clients have no use for. */
final class UnexpectedAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnexpectedAnswerException(String message) {
    super(message);
  }
}
