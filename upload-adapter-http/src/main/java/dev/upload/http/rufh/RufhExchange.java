package dev.upload.http.rufh;

import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.http.UploadAccess;
import dev.upload.http.body.MicronautBody;
import dev.upload.http.body.RequestBytes;
import dev.upload.http.problem.Dialect;
import dev.upload.http.problem.ProblemResponses;
import dev.upload.http.problem.StorageUnavailableHandler;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;

/** One request: what becomes of its body, and of what is wrong with it. */
@Singleton
final class RufhExchange {

  private final UploadAccess access;
  private final Creation creation;
  private final Append append;
  private final Refusals refusals;
  private final StorageUnavailableHandler unavailable;

  RufhExchange(
      UploadAccess access,
      Creation creation,
      Append append,
      Refusals refusals,
      StorageUnavailableHandler unavailable) {
    this.access = access;
    this.creation = creation;
    this.append = append;
    this.refusals = refusals;
    this.unavailable = unavailable;
  }

  /** Answers a request that begins an upload. */
  HttpResponse<?> create(HttpRequest<?> request) {
    return answer(request, Optional.empty(), creation::answer);
  }

  /** Answers a request that goes on with one. */
  HttpResponse<?> append(HttpRequest<?> request, String id) {
    return access.<HttpResponse<?>>inTurn(
        id, () -> answer(request, Optional.of(id), incoming -> append.answer(incoming, id)));
  }

  /** Answers a question, which {@code work} does unless a rule refuses it. */
  HttpResponse<?> ask(HttpRequest<?> request, Supplier<HttpResponse<?>> work) {
    try {
      return work.get();
    } catch (UploadRejectedException refused) {
      return ProblemResponses.refusal(request, refused.rejection(), Dialect.IETF);
    }
  }

  /** What a request is for. */
  @FunctionalInterface
  private interface Work {
    MutableHttpResponse<?> with(RufhRequest request);
  }

  private HttpResponse<?> answer(HttpRequest<?> request, Optional<String> id, Work work) {
    try (RequestBytes bytes = MicronautBody.take(request)) {
      MutableHttpResponse<?> response = outcome(request, id, bytes, work);
      MicronautBody.drain(request, bytes, response);
      return response;
    }
  }

  private MutableHttpResponse<?> outcome(
      HttpRequest<?> request, Optional<String> id, RequestBytes bytes, Work work) {
    RufhFields fields = RufhFields.of(request);
    try {
      Interims interims = Interims.of(request, fields.version());
      return work.with(new RufhRequest(request, fields, access.of(request), bytes, interims));
    } catch (UploadRejectedException refused) {
      return refusals.of(request, fields.version(), id, refused.rejection());
    } catch (WholeRefusedException refused) {
      return refusals.ofWhole(request, fields.version(), refused.rejection());
    } catch (StorageUnavailableException fault) {
      return refusals.incomplete(request, fields.version(), id, unavailable.answer(request, fault));
    }
  }
}
