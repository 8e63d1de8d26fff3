import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Puts the packaged app together: jars, launcher, configuration, runtime image and AOT cache.
 *
 * <p>Run by the build on the selected JDK, whose modules become the runtime image. What is there
 * and fits is kept, so that a second run costs little.
 */
final class Image {

  /**
   * What jdeps finds in the jars, without java.desktop: SnakeYAML looks for it and does without.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.security.jgss",
          "java.sql",
          "java.xml",
          "jdk.jfr",
          "jdk.management",
          "jdk.net",
          "jdk.unsupported",
          "jdk.zipfs");

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path home;

  private Image(Path home) {
    this.home = home;
  }

  /** Takes the directory to fill, the one to copy from, the app's jar and its class path. */
  public static void main(String[] args) throws Exception {
    Image image = new Image(Path.of(args[0]).toAbsolutePath());
    image.copyTree(Path.of(args[1]));
    image.copyJars(Path.of(args[2]), args[3]);
    image.linkRuntime();
    image.trainCache();
  }

  private void copyTree(Path packaging) throws IOException {
    copy(packaging.resolve("bin/upload-app"), home.resolve("bin/upload-app"));
    copy(packaging.resolve("config/application.yml"), home.resolve("config/application.yml"));
    copy(packaging.resolve("lib/compiler.json"), compilerDirectives());
  }

  /** Copies the jars, whose names the manifest of the app's jar lists as its class path. */
  private void copyJars(Path appJar, String classPath) throws IOException {
    Path lib = Files.createDirectories(home.resolve("lib"));
    Set<Path> wanted =
        new HashSet<>(
            Set.of(lib.resolve("upload-app.jar"), compilerDirectives(), cache(), cacheStamp()));
    copy(appJar, lib.resolve("upload-app.jar"));
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (Files.isRegularFile(jar)) {
        Path copy = lib.resolve(jar.getFileName());
        copy(jar, copy);
        wanted.add(copy);
      }
    }
    for (Path file : children(lib)) {
      if (!wanted.contains(file)) {
        Files.delete(file);
      }
    }
  }

  private void linkRuntime() throws IOException {
    Path runtime = home.resolve("runtime");
    Path stamp = home.resolve("runtime/linked-from");
    String from = Runtime.version() + " " + System.getProperty("java.home") + " " + MODULES + "\n";
    if (Files.exists(stamp) && Files.readString(stamp).equals(from)) {
      return;
    }
    deleteTree(runtime);
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IllegalStateException("this JDK has no jlink"));
    int status =
        jlink.run(
            new PrintWriter(System.out, true),
            new PrintWriter(System.err, true),
            "--add-modules=" + String.join(",", MODULES),
            "--output=" + runtime,
            "--no-header-files",
            "--no-man-pages",
            "--generate-cds-archive");
    if (status != 0) {
      throw new IllegalStateException("jlink ended with status " + status);
    }
    Files.writeString(stamp, from);
  }

  /** Runs the app once and lets the JVM write what it loaded and linked. */
  private void trainCache() throws IOException, InterruptedException {
    String inputs = inputs();
    if (Files.exists(cache())
        && Files.exists(cacheStamp())
        && Files.readString(cacheStamp()).equals(inputs)) {
      return;
    }
    Files.deleteIfExists(cache());
    Files.deleteIfExists(cacheStamp());
    Path scratch = Files.createTempDirectory("upload-training");
    try {
      train(scratch);
    } finally {
      deleteTree(scratch);
    }
    Files.writeString(cacheStamp(), inputs);
  }

  private void train(Path scratch) throws IOException, InterruptedException {
    int port = freePort();
    Path log = scratch.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
            home.resolve("bin/upload-app").toString(),
            "--micronaut.server.host=127.0.0.1",
            "--micronaut.server.port=" + port,
            "--upload.store.type=filesystem",
            "--upload.store.filesystem.root=" + scratch.resolve("store"));
    builder.environment().put("JAVA_OPTS", "-XX:AOTCacheOutput=" + cache());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process app = builder.start();
    try {
      URI base = URI.create("http://127.0.0.1:" + port);
      awaitHealth(app, base, log);
      exercise(base);
    } finally {
      app.destroy();
      if (!app.waitFor(60, TimeUnit.SECONDS)) {
        app.destroyForcibly();
      }
    }
    if (!Files.exists(cache())) {
      System.err.println(Files.readString(log));
      throw new IllegalStateException("the training run left no AOT cache");
    }
  }

  private static void awaitHealth(Process app, URI base, Path log)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(START_LIMIT);
    while (Instant.now().isBefore(end) && app.isAlive()) {
      if (status(HttpRequest.newBuilder(base.resolve("/health")).build()) == 200) {
        return;
      }
      Thread.sleep(50);
    }
    System.err.println(Files.readString(log));
    throw new IllegalStateException("the app did not become healthy");
  }

  /** Asks for what a first visitor asks for; the answers do not matter here. */
  private static void exercise(URI base) throws InterruptedException {
    String chunk =
        "/uploads?resumableChunkNumber=1&resumableTotalChunks=1&resumableChunkSize=1048576"
            + "&resumableCurrentChunkSize=5&resumableTotalSize=5&resumableType=text%2Fplain"
            + "&resumableFilename=training.txt&resumableRelativePath=training.txt";
    String boundary = "training";
    String form =
        "--training\r\nContent-Disposition: form-data; name=\"file\"; filename=\"blob\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\nhello\r\n--training--\r\n";
    URI octet = base.resolve(chunk + "&resumableIdentifier=octet");
    URI multipart = base.resolve(chunk + "&resumableIdentifier=multipart");
    status(HttpRequest.newBuilder(base.resolve("/")).build());
    status(HttpRequest.newBuilder(octet).build());
    status(
        HttpRequest.newBuilder(octet)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofString("hello"))
            .build());
    status(
        HttpRequest.newBuilder(multipart)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofString(form))
            .build());
    status(HttpRequest.newBuilder(octet).build());
  }

  /** Returns the status of the answer, or 0 where none came. */
  private static int status(HttpRequest request) throws InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Path compilerDirectives() {
    return home.resolve("lib/compiler.json");
  }

  private Path cache() {
    return home.resolve("lib/upload-app.aot");
  }

  private Path cacheStamp() {
    return home.resolve("lib/upload-app.aot.inputs");
  }

  /** What the cache depends on: the JVM compares sizes and times of the jars, so does this. */
  private String inputs() throws IOException {
    List<Path> files = new ArrayList<>(children(home.resolve("lib")));
    files.removeAll(List.of(cache(), cacheStamp()));
    files.add(home.resolve("bin/upload-app"));
    files.add(home.resolve("runtime/lib/modules"));
    StringBuilder inputs = new StringBuilder();
    for (Path file : files) {
      inputs
          .append(home.relativize(file))
          .append(' ')
          .append(Files.size(file))
          .append(' ')
          .append(Files.getLastModifiedTime(file))
          .append('\n');
    }
    return inputs.toString();
  }

  /** Copies what differs, with its time and permissions. */
  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(to)
        && Files.size(from) == Files.size(to)
        && Files.getLastModifiedTime(from).equals(Files.getLastModifiedTime(to))) {
      return;
    }
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
