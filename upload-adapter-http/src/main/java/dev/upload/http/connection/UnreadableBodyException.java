package dev.upload.http.connection;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rest of a request's body cannot be read: its chunks make no sense. */
public final class UnreadableBodyException extends IOException {

  private static final long serialVersionUID = 1;

  UnreadableBodyException(@Nullable Throwable cause) {
    super("the chunks of a body make no sense", cause);
  }
}
