package dev.upload.app.e2e;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogEntries;
import org.openqa.selenium.logging.LogEntry;

/** The requests for chunks that a browser says it sent, each with the status of its answer. */
record NetworkLog(List<Exchange> exchanges) {

  /**
   * One request.
   *
   * @param status 0 while there is no answer
   */
  record Exchange(String method, int status) {}

  static NetworkLog of(LogEntries entries) {
    Map<Object, String> methods = new HashMap<>();
    Map<Object, Integer> statuses = new HashMap<>();
    Json json = new Json();
    for (LogEntry entry : entries) {
      Map<?, ?> event = map(json.toType(entry.getMessage(), Map.class), "message");
      Map<?, ?> details = map(event, "params");
      Object id = String.valueOf(details.get("requestId"));
      if ("Network.requestWillBeSent".equals(event.get("method"))) {
        Map<?, ?> request = map(details, "request");
        if (String.valueOf(request.get("url")).contains("/uploads?")) {
          methods.put(id, String.valueOf(request.get("method")));
        }
      } else if ("Network.responseReceived".equals(event.get("method"))
          && map(details, "response").get("status") instanceof Number status) {
        statuses.put(id, status.intValue());
      }
    }
    List<Exchange> exchanges = new ArrayList<>();
    methods.forEach(
        (id, method) -> exchanges.add(new Exchange(method, statuses.getOrDefault(id, 0))));
    return new NetworkLog(exchanges);
  }

  private static Map<?, ?> map(Map<?, ?> parent, String name) {
    return parent.get(name) instanceof Map<?, ?> child ? child : Map.of();
  }

  long sent(String method) {
    return exchanges.stream().filter(exchange -> exchange.method().equals(method)).count();
  }

  long answered(String method, int status) {
    return exchanges.stream().filter(new Exchange(method, status)::equals).count();
  }
}
