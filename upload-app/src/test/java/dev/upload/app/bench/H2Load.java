package dev.upload.app.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Uploads sent by nghttp2's load generator, which speaks both versions of HTTP, with TLS and
 * without: one connection for each upload, one chunk after the other.
 *
 * @param scheme {@code http} or {@code https}
 * @param option which version it is to speak
 */
record H2Load(Shape shape, Path scratch, String scheme, String option) implements Load {

  static Optional<Path> executable() {
    return Executables.find("h2load");
  }

  @Override
  public List<Reading> send(Server server, Dialect dialect, String run)
      throws IOException, InterruptedException {
    Path chunk = chunk();
    List<Process> senders = new ArrayList<>();
    Meter meter = Meter.start(server);
    for (int i = 0; i < shape.uploads(); i++) {
      senders.add(sender(server, dialect, run + "-" + i, chunk));
    }
    for (Process sender : senders) {
      String out = new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (sender.waitFor() != 0
          || !out.contains("status codes: %d 2xx".formatted(shape.chunks()))) {
        throw new IOException("h2load failed: " + out);
      }
    }
    return meter.stop().onServer(bytes());
  }

  private Process sender(Server server, Dialect dialect, String upload, Path chunk)
      throws IOException {
    List<String> targets = new ArrayList<>();
    for (int number = 1; number <= shape.chunks(); number++) {
      String head = new String(dialect.before(shape, upload, number), StandardCharsets.US_ASCII);
      targets.add("%s://127.0.0.1:%d%s".formatted(scheme, server.port(), head.split(" ", 3)[1]));
    }
    Path list = Files.write(scratch.resolve(upload + ".uris"), targets);
    return new ProcessBuilder(
            executable().orElseThrow().toString(),
            option,
            "-n" + shape.chunks(),
            "-c1",
            "-m1",
            "-t1",
            "-d" + chunk,
            "-i" + list,
            "-H",
            "content-type: application/octet-stream")
        .redirectErrorStream(true)
        .start();
  }

  /** One file for all chunks. */
  private Path chunk() throws IOException {
    Path file = scratch.resolve("chunk-" + shape.chunkBytes());
    if (!Files.exists(file)) {
      byte[] bytes = new byte[Math.toIntExact(shape.chunkBytes())];
      Connection.block(bytes.length).get(bytes);
      Files.write(file, bytes);
    }
    return file;
  }

  @Override
  public long bytes() {
    return shape.bytes();
  }
}
