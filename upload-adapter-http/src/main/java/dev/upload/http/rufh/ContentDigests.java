package dev.upload.http.rufh;

import dev.upload.core.DigestedBody;
import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.port.ChunkBody;
import dev.upload.http.body.RequestTrailers;
import dev.upload.http.digest.DigestFields;
import io.micronaut.http.HttpRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a request says that its bytes add up to (RFC 9530, section 2), before them or behind them.
 *
 * @param before them
 * @param follow whether some are announced to come behind them; which, nobody has said
 */
record ContentDigests(HttpRequest<?> request, List<Digest> before, boolean follow) {

  static ContentDigests of(HttpRequest<?> request) {
    return new ContentDigests(
        request,
        DigestFields.digests(request.getHeaders(), DigestFields.CONTENT),
        RequestTrailers.announced(request, DigestFields.CONTENT));
  }

  /** Tells whether there are any. */
  boolean areSaid() {
    return follow || !before.isEmpty();
  }

  /** Returns {@code body}, held to them; what was announced and does not come is none. */
  ChunkBody checked(ChunkBody body) {
    return new DigestedBody(body, algorithms(), this::all);
  }

  private Set<DigestAlgorithm> algorithms() {
    Set<DigestAlgorithm> algorithms = EnumSet.noneOf(DigestAlgorithm.class);
    before.forEach(digest -> algorithms.add(digest.algorithm()));
    if (follow) {
      algorithms.addAll(DigestFields.ALGORITHMS);
    }
    return algorithms;
  }

  private List<Digest> all() {
    List<Digest> behind =
        follow
            ? DigestFields.digests(RequestTrailers.lines(request, DigestFields.CONTENT))
            : List.of();
    return Stream.concat(before.stream(), behind.stream()).toList();
  }
}
