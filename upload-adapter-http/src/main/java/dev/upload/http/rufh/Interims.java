package dev.upload.http.rufh;

import dev.upload.http.connection.InterimResponses;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the sender of a request is told while its bytes are on the way: nothing, unless it names a
 * version that is spoken here.
 */
record Interims(InterimResponses sender, Interop version) {

  static Interims of(HttpRequest<?> request, Interop version) {
    return new Interims(InterimResponses.of(request), version);
  }

  /** Tells whether the sender hears anything. */
  boolean heard() {
    return version.number().isPresent() && sender.possible();
  }

  /** Tells whether the sender hears how far its bytes have come. */
  boolean progressHeard() {
    return heard() && version.has(Trait.PROGRESS);
  }

  /** Says where the upload is that was begun, and what limits it has. */
  void begun(String url, Optional<String> limits) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(HttpHeaders.LOCATION, url);
    limits.ifPresent(text -> fields.put(Rufh.LIMIT, text));
    send(fields);
  }

  /** Says how many bytes are there for good. */
  void progressed(long offset) {
    send(Map.of(Rufh.OFFSET, Long.toString(offset)));
  }

  private void send(Map<String, String> fields) {
    if (heard()) {
      Map<String, String> all = new LinkedHashMap<>();
      all.put(Rufh.VERSION, Long.toString(version.number().getAsLong()));
      all.putAll(fields);
      sender.send(Rufh.RESUMPTION_SUPPORTED, all);
    }
  }
}
