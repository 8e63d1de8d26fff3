package dev.upload.http.auth;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadAction;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadScope;
import dev.upload.http.RequesterResolver;
import dev.upload.http.problem.ProblemResponses;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whose request it is in the ways that the operator has chosen, in their order.
 *
 * <p>Where nobody has to say who they are, a request without credentials is everybody's; one with
 * wrong credentials is refused even so.
 */
public final class Gate implements RequesterResolver {

  private final List<Authentication> ways;
  private final boolean anonymous;
  private final Map<String, Set<UploadAction>> permitted;
  private final List<String> challenges;

  /**
   * @param permitted what owners may do; one who is not in it may do everything
   */
  public Gate(
      List<Authentication> ways, boolean anonymous, Map<String, Set<UploadAction>> permitted) {
    this.ways = List.copyOf(ways);
    this.anonymous = anonymous;
    this.permitted = Map.copyOf(permitted);
    this.challenges =
        ways.stream().map(Authentication::challenge).flatMap(Optional::stream).distinct().toList();
  }

  @Override
  public Requester requesterOf(HttpRequest<?> request) {
    try {
      return known(request);
    } catch (UploadRejectedException refused) {
      ProblemResponses.challengeWith(request, challenges);
      throw refused;
    }
  }

  private Requester known(HttpRequest<?> request) {
    for (Authentication way : ways) {
      Optional<Requester> known = way.requester(request);
      if (known.isPresent()) {
        return restricted(known.get());
      }
    }
    if (anonymous && (ways.isEmpty() || !offers(request))) {
      return restricted(Requester.ANONYMOUS);
    }
    throw new UploadRejectedException(new Rejection.Unauthenticated());
  }

  /** Where nobody looks at them, credentials are somebody else's: a proxy's, say. */
  private static boolean offers(HttpRequest<?> request) {
    return request.getHeaders().contains(HttpHeaders.AUTHORIZATION);
  }

  private Requester restricted(Requester known) {
    Set<UploadAction> actions = permitted.get(known.owner().name());
    return actions == null || known.scope() instanceof UploadScope.Single
        ? known
        : new Requester(known.owner(), actions, known.scope());
  }
}
