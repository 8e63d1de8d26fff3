package dev.upload.app.kills;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run counted.
 *
 * @param unclaimed finished uploads whose clients never had an answer and began anew
 */
record Figures(long seed, Duration took, Ledger ledger, int unclaimed, List<Resources> resources) {

  List<String> broken() {
    return ledger.broken();
  }

  @Override
  public String toString() {
    return """
    kills survived      %d in %d s, seed %d (%s)
    uploads finished    %d, of which gone on with after a kill %d times
    files compared      %d, deleted %d, finished without their client %d
    bytes acknowledged  %d
    bytes lost          %d
    requests tried      %d, cut by a kill %d
    answers             %s
    5xx seen            %d
    held by the app     %s
    promises broken     %d%s\
    """
        .formatted(
            ledger.kills(),
            took.toSeconds(),
            seed,
            listed(ledger.killsByMoment()),
            ledger.finished.sum(),
            ledger.resumed.sum(),
            ledger.verified.sum(),
            ledger.removed.sum(),
            unclaimed,
            ledger.acknowledgedBytes.sum(),
            ledger.lostBytes.sum(),
            ledger.requests.sum(),
            ledger.cutRequests.sum(),
            listed(ledger.statuses()),
            ledger.serverErrors(),
            resources.stream()
                .map(one -> "%s: %s, then %s".formatted(one.home(), one.before(), one.after()))
                .collect(Collectors.joining("\n                    ")),
            broken().size(),
            broken().stream().map("%n- %s"::formatted).collect(Collectors.joining()));
  }

  private static String listed(Map<?, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
