package dev.upload.app.e2e;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.chromium.ChromiumNetworkConditions;

/** Chromium with an empty profile, showing the app's page or that of a test. */
final class Browser implements AutoCloseable {

  private static final Optional<Path> CHROMIUM = Programs.find("chromium");
  private static final Optional<Path> DRIVER = Programs.find("chromedriver");
  private static final String INSTALL =
      "no Chromium here; the browser tests need: apt-get install chromium chromium-driver";

  /** Warns that it cannot speak this Chromium's newest dialect, which nothing here needs. */
  private static final Logger DIALECTS = Logger.getLogger("org.openqa.selenium");

  static {
    DIALECTS.setLevel(Level.SEVERE);
  }

  private static final Duration DRAWN = Duration.ofMinutes(1);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Lets the calling test be skipped where there is no Chromium, or fail if {@code
   * UPLOAD_REQUIRE_BROWSER} says so.
   */
  static void requireInstalled() {
    if (CHROMIUM.isEmpty() || DRIVER.isEmpty()) {
      Programs.missing("UPLOAD_REQUIRE_BROWSER", INSTALL);
    }
  }

  /** Opens the page with an empty profile in {@code profile}. */
  static Browser open(URI page, Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.orElseThrow().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", Map.of("performance", "ALL"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.get(page.toString());
    return new Browser(driver);
  }

  /**
   * Opens the page with an empty profile in {@code profile}, and holds back what its scripts ask
   * the server for until they are {@linkplain #letAsk let}.
   */
  static Browser openHeldBack(URI page, Path profile) {
    Browser browser = open(URI.create("about:blank"), profile);
    String script =
        "const real = fetch; const held = new Promise((go) => { window.letAsk = go; });"
            + " window.fetch = async (...ask) => { await held; return real(...ask); };";
    browser.driver.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    browser.driver.get(page.toString());
    return browser;
  }

  void letAsk() {
    driver.executeScript("letAsk()");
  }

  /** Lets it send at most so many bytes in a second. */
  void throttle(int bytesPerSecond) {
    ChromiumNetworkConditions conditions = new ChromiumNetworkConditions();
    conditions.setLatency(Duration.ZERO);
    conditions.setDownloadThroughput(bytesPerSecond);
    conditions.setUploadThroughput(bytesPerSecond);
    driver.setNetworkConditions(conditions);
  }

  /** Takes the network away: no request is answered from now on, nor any that is under way. */
  void disconnect() {
    ChromiumNetworkConditions conditions = new ChromiumNetworkConditions();
    conditions.setOffline(true);
    driver.setNetworkConditions(conditions);
  }

  /** Shows another page. */
  void visit(URI page) {
    driver.get(page.toString());
  }

  /** Loads the page again: its scripts forget everything, what it stored stays. */
  void reload() {
    driver.navigate().refresh();
  }

  /** Runs {@code script} in the page, and returns what it returns as text. */
  String run(String script, Object... arguments) {
    return String.valueOf(driver.executeScript(script, arguments));
  }

  /** Chooses files, as a person does with the file picker. */
  void choose(Path... files) {
    String paths = Stream.of(files).map(Path::toString).collect(Collectors.joining("\n"));
    driver.findElement(By.id("files")).sendKeys(paths);
  }

  /** Returns what the page shows of a file; waits for it, as the page draws when it has time. */
  Row row(String name) throws Exception {
    Eventually.holds(name + " is on the page", DRAWN, () -> find(name).isPresent());
    return find(name).orElseThrow();
  }

  private Optional<Row> find(String name) {
    return rows().stream().filter(row -> row.attribute("file").equals(name)).findFirst();
  }

  List<Row> rows() {
    return driver.findElements(By.cssSelector("li[data-file]")).stream().map(Row::new).toList();
  }

  /** Waits until all files of the page have arrived. */
  void awaitComplete(int files, Duration limit) throws Exception {
    Eventually.holds(
        files + " files complete",
        limit,
        () -> {
          List<String> states = rows().stream().map(row -> row.attribute("state")).toList();
          if (states.contains("failed")) {
            throw new AssertionError(driver.findElement(By.id("uploads")).getText());
          }
          return states.size() == files && states.stream().allMatch("complete"::equals);
        });
  }

  /** Returns what went over the network since the last call. */
  NetworkLog network() {
    return NetworkLog.of(driver.manage().logs().get("performance"));
  }

  @Override
  public void close() {
    driver.quit();
  }

  /** One file's entry; its attributes are described at the top of the page. */
  record Row(WebElement element) {

    String attribute(String name) {
      String value = element.getDomAttribute("data-" + name);
      return value == null ? "" : value;
    }

    long bytes(String name) {
      return Long.parseLong(attribute(name));
    }
  }
}
