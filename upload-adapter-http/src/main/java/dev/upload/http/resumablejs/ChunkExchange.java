package dev.upload.http.resumablejs;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.ByteRanges;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.http.UploadAccess;
import dev.upload.http.UploadView;
import dev.upload.http.body.FormFile;
import dev.upload.http.body.MicronautBody;
import dev.upload.http.body.MultipartForm;
import dev.upload.http.body.PartHead;
import dev.upload.http.body.RawBody;
import dev.upload.http.body.RequestBytes;
import dev.upload.http.files.FilesConfiguration;
import dev.upload.http.problem.Dialect;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request about one chunk: a test, or a chunk to store.
 *
 * <p>A chunk that is there, or was stored, is 200; one that is not there is 204: the statuses that
 * every one of these clients takes as such. Whichever answer finds the file finished tells where it
 * is, for nobody knows which comes last.
 */
@Singleton
final class ChunkExchange {

  /** Numbers that a list of stored chunks has at most. */
  private static final int MAX_LISTED_CHUNKS = 10_000;

  private final ChunkReception reception;
  private final ParameterNames names;
  private final UploadAccess access;
  private final FilesConfiguration files;

  ChunkExchange(
      ChunkReception reception,
      ParameterNames names,
      UploadAccess access,
      FilesConfiguration files) {
    this.reception = reception;
    this.names = names;
    this.access = access;
    this.files = files;
  }

  /** Returns what will hold the parameters of a request. */
  Parameters noParameters() {
    return new Parameters(names);
  }

  /** Takes the parameters in the query, to which those of a form may come. */
  void readQuery(HttpRequest<?> request, Parameters parameters) {
    request
        .getParameters()
        .forEach((name, values) -> values.forEach(value -> parameters.add(name, value)));
  }

  /** Answers whether a chunk is there. */
  MutableHttpResponse<?> test(HttpRequest<?> request, Parameters parameters) {
    AuthorizedUploads uploads = access.of(request);
    ChunkRequest chunk = ChunkRequest.of(parameters);
    Optional<UploadSession> session = reception.find(uploads, chunk);
    if (session.isEmpty()) {
      return uncached(HttpResponse.noContent());
    }
    UploadView view = UploadView.of(session.get(), files.path());
    boolean listed =
        parameters.spelling() == Spelling.SIMPLE_UPLOADER; // it can do with one test per file
    return present(
        listed ? view.withChunks(numbers(chunk.grid(), session.get().received())) : view);
  }

  /**
   * Stores the chunk that {@code bytes} are or hold. Without any, a request of such a method is a
   * test too.
   */
  MutableHttpResponse<?> store(HttpRequest<?> request, Parameters parameters, RequestBytes bytes) {
    AuthorizedUploads uploads = access.of(request);
    Optional<MultipartForm> form = ChunkBodies.form(request, bytes);
    if (form.isPresent()) {
      return storeForm(request, uploads, parameters, bytes, form.get());
    }
    ChunkRequest chunk = ChunkRequest.of(parameters);
    ChunkReception.Place place = reception.place(uploads, chunk);
    if (place.length() > 0 && !MicronautBody.announced(request)) {
      return test(request, parameters);
    }
    ChunkBodies.requireLength(request, place.length());
    return stored(reception.receive(uploads, chunk, place, new RawBody(bytes)));
  }

  private MutableHttpResponse<?> storeForm(
      HttpRequest<?> request,
      AuthorizedUploads uploads,
      Parameters parameters,
      RequestBytes bytes,
      MultipartForm form) {
    Optional<PartHead> file = ChunkBodies.file(form, parameters, names);
    ChunkRequest chunk = ChunkRequest.of(parameters);
    if (file.isEmpty()) {
      return withoutFile(request, parameters);
    }
    ChunkReception.Place place = reception.place(uploads, chunk);
    form.requireRoomFor(file.get(), place.length());
    FormFile body = new FormFile(bytes, form, file.get(), place.length(), parameters::addLate);
    return stored(reception.receive(uploads, chunk, place, body));
  }

  /** Flow.js tests with a form where its {@code testMethod} is no GET; Resumable.js never does. */
  private MutableHttpResponse<?> withoutFile(HttpRequest<?> request, Parameters parameters) {
    if (parameters.spelling().dialect() == Dialect.FLOW_JS) {
      return test(request, parameters);
    }
    throw new UploadRejectedException(new Rejection.Malformed("file", "the form has no file"));
  }

  private MutableHttpResponse<?> stored(UploadSession session) {
    return present(UploadView.of(session, files.path()));
  }

  /** Of the client's own cells: a range may end within one, where chunks of both tilings came. */
  private static List<Integer> numbers(ChunkGrid grid, ByteRanges received) {
    List<Integer> numbers = new ArrayList<>();
    for (ByteRange range : received.asList()) {
      int first = (int) Math.min(range.start() / grid.chunkSize(), grid.count() - 1L);
      for (int cell = first; cell < grid.count() && grid.cell(cell).start() < range.end(); cell++) {
        if (numbers.size() == MAX_LISTED_CHUNKS) {
          return numbers;
        }
        if (range.contains(grid.cell(cell))) {
          numbers.add(cell + 1);
        }
      }
    }
    return numbers;
  }

  private static MutableHttpResponse<?> present(UploadView view) {
    return uncached(HttpResponse.ok(view).contentType(MediaType.APPLICATION_JSON_TYPE));
  }

  private static MutableHttpResponse<?> uncached(MutableHttpResponse<?> response) {
    return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
