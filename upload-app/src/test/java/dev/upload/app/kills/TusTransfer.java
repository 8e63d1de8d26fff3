package dev.upload.app.kills;

import dev.upload.app.e2e.Sample;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A file, or a part of one, sent as the clients of tus do. */
final class TusTransfer extends AppendedTransfer {

  private static final String[] PARTIAL = {"Upload-Concat", "partial"};
  private static final String[] NAMED = {"Upload-Metadata", "filename a2lsbHM="};

  private final boolean partial;

  /**
   * @param partial whether it is only there to be concatenated with others
   */
  TusTransfer(Sample file, boolean partial) {
    super(file);
    this.partial = partial;
  }

  @Override
  HttpRequest.Builder creation(URI server) {
    return TusRequests.create(server)
        .header("Upload-Length", Integer.toString(file().length()))
        .headers(partial ? PARTIAL : NAMED);
  }

  @Override
  HttpRequest.Builder head(URI upload) {
    return TusRequests.head(upload);
  }

  @Override
  HttpRequest.Builder patch(URI upload, long from, byte[] bytes, int end) {
    return TusRequests.patch(upload, from, bytes);
  }

  @Override
  boolean taken(HttpResponse<String> answer, int end) {
    return answer.statusCode() == 204 && TusRequests.offset(answer) == end;
  }

  @Override
  boolean isWhole() {
    return isFull();
  }
}
