package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.openqa.selenium.json.Json;

/**
 * tus-js-client in Node, each upload in a process of its own.
 *
 * @param options the client's own, and those of the script
 */
record TusNode(Map<String, Object> options) {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  TusNode {
    options = Map.copyOf(options);
  }

  /** Returns one that uploads {@code file} to {@code app}. */
  static TusNode of(PackagedApp app, Path file) {
    return new TusNode(
        Map.of("endpoint", app.address().resolve("files").toString(), "file", file.toString()));
  }

  /** Returns the same with one more option. */
  TusNode with(String name, Object value) {
    Map<String, Object> all = new HashMap<>(options);
    all.put(name, value);
    return new TusNode(all);
  }

  /** Uploads with these options besides. */
  @SafeVarargs
  final TusRun upload(Map<String, Object>... more) throws InterruptedException {
    Map<String, Object> all = new HashMap<>(options);
    for (Map<String, Object> some : more) {
      all.putAll(some);
    }
    try (ServerProcess node = NpmClients.node("tus-node.js", new Json().toJson(all))) {
      int status = node.awaitExit(LIMIT);
      assertThat(status).as(node.log()).isZero();
      return new TusRun(node.log());
    }
  }
}
