package dev.upload.http.files;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadSession;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;

/**
 * What whoever asks for an upload as for a file is told of how it goes on: the upload and its file
 * have one URL, and a client that comes back need not know which of them it will find there.
 */
public interface Resumption {

  /** Answers a question for an upload, and ends whoever is sending to it. */
  MutableHttpResponse<?> answer(HttpRequest<?> request, String id);

  /** Answers a request for an unfinished upload that a rule refused. */
  MutableHttpResponse<?> refusal(HttpRequest<?> request, Rejection rejection);

  /** Adds how far an upload is to an answer that has more to say. */
  void describe(HttpRequest<?> request, UploadSession session, MutableHttpResponse<?> response);
}
