package dev.upload.app.e2e;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** tus-js-client in Chromium, on a page on which one file is chosen. */
final class TusPage implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Browser browser;
  private final URI endpoint;
  private final Path file;

  private TusPage(Browser browser, URI endpoint, Path file) {
    this.browser = browser;
    this.endpoint = endpoint;
    this.file = file;
  }

  /** Opens {@code page} with an empty profile, to upload {@code file} to an app. */
  static TusPage open(URI page, Path profile, PackagedApp app, Path file) {
    Browser browser = Browser.open(page, profile);
    browser.choose(file);
    return new TusPage(browser, app.address().resolve("files"), file);
  }

  /** Uploads with the client's own options, and those of the page, and returns how that went. */
  TusRun upload(Map<String, Object> options) throws Exception {
    Map<String, Object> all = new HashMap<>(options);
    all.put("endpoint", endpoint.toString());
    browser.run("start(arguments[0])", all);
    Eventually.holds("it is over: " + options, LIMIT, () -> said().ended());
    return said();
  }

  private TusRun said() {
    return new TusRun(browser.run("return said()"));
  }

  /** Lets it send at most so many bytes in a second. */
  void throttle(int bytesPerSecond) {
    browser.throttle(bytesPerSecond);
  }

  /** Loads the page again, and chooses the file again. */
  void reload() {
    browser.reload();
    browser.choose(file);
  }

  @Override
  public void close() {
    browser.close();
  }
}
