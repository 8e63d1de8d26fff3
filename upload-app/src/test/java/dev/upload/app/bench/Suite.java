package dev.upload.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The workloads, in the order in which they run. */
final class Suite {

  static final String W1 = "W1";
  static final String W2 = "W2";
  static final String W3 = "W3";
  static final String W4 = "W4";
  static final String W5 = "W5";
  static final String S3_PROXY = "S3";
  static final String S3_NULL = "S3-null";
  static final String S3_FAR = "S3-far";
  static final List<String> S3 = List.of(S3_PROXY, S3_NULL, S3_FAR);
  static final String SCALING = "scaling";
  static final String WIRES = "wires";
  static final String FAR = "far";
  static final String JMH = "jmh";
  static final String MEMORY = "memory";

  private static final int AT_ONCE = 16;
  private static final int S3_AT_ONCE = 4;
  private static final int TINY_AT_ONCE = 32;
  private static final int TINY_BYTES = 4096;

  /** So few that HTTP/2 with a window of 64 KiB is through with them in twenty seconds. */
  private static final long FAR_BYTES = 32 * Shape.MIB;

  private Suite() {}

  /** Those that the options ask for. */
  static List<Workload> of(Options options) {
    List<Workload> wanted = all(options).stream().filter(options::wants).toList();
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("bench.only names no workload: " + options.only());
    }
    return wanted;
  }

  private static List<Workload> all(Options options) {
    List<Workload> all = new ArrayList<>(onFilesystem(options));
    if (S3Store.classPathFile().isPresent()) {
      all.addAll(onS3(options));
    }
    all.add(
        new Scaling(
            SCALING,
            "%d open sessions beside few, chunks of 4 KiB to 10 uploads at once"
                .formatted(options.openSessions()),
            options.openSessions()));
    if (Micro.sources().isPresent()) {
      all.add(new Micro(JMH, "hot pieces by themselves"));
    }
    if (H2Load.executable().isPresent()) {
      all.addAll(wires(options));
    } else {
      System.out.println("h2load is not installed: no figures for TLS and HTTP/2.");
    }
    return all;
  }

  private static List<Workload> wires(Options options) {
    Shape shape = Shape.of(1, options.bulkBytes() / 4, 8 * Shape.MIB);
    Shape far = Shape.of(1, FAR_BYTES, 8 * Shape.MIB);
    String sent = "%d MiB in chunks of 8 MiB";
    return List.of(
        new Wires(
            WIRES,
            sent.formatted(shape.bytes() / Shape.MIB),
            shape,
            List.of(Wire.PLAIN, Wire.PLAIN_TLS, Wire.JDK_TLS, Wire.TWO, Wire.TWO_TLS),
            UnaryOperator.identity()),
        new Wires(
            FAR,
            (sent + " from %d ms of round trip away")
                .formatted(far.bytes() / Shape.MIB, Distance.ROUND_TRIP_MILLIS),
            far,
            List.of(Wire.PLAIN, Wire.PLAIN_TLS, Wire.TWO, Wire.TWO_TLS),
            FromAfar::new));
  }

  private static List<Workload> onS3(Options options) {
    Shape shape = Shape.of(1, options.bulkBytes() / 4, 8 * Shape.MIB);
    String sent =
        "%d MiB in parts of 8 MiB, %d at once, ".formatted(shape.bytes() / Shape.MIB, S3_AT_ONCE);
    return List.of(
        new S3Race(S3_PROXY, sent + "to S3Proxy", S3Store.S3PROXY, shape, S3_AT_ONCE),
        new S3Race(S3_NULL, sent + "to an S3 that keeps nothing", S3Store.NULL, shape, S3_AT_ONCE),
        new S3Race(
            S3_FAR,
            sent + "to one with 20 ms of latency and 80 MiB/s a connection",
            S3Store.FAR,
            shape,
            S3_AT_ONCE));
  }

  private static List<Workload> onFilesystem(Options options) {
    long bytes = options.bulkBytes();
    return List.of(
        new SideBySide(
            W1,
            "one upload of %d MiB in chunks of 8 MiB".formatted(bytes / Shape.MIB),
            new Bulk(Shape.of(1, bytes, 8 * Shape.MIB)),
            entrants(Entrant.app(), Entrant.appWithForms(), Entrant.appEventual())),
        new SideBySide(
            W2,
            "%d uploads of %d MiB at once in chunks of 1 MiB"
                .formatted(AT_ONCE, bytes / AT_ONCE / Shape.MIB),
            new Bulk(Shape.of(AT_ONCE, bytes / AT_ONCE, Shape.MIB)),
            entrants(
                Entrant.app(),
                Entrant.appWithForms(),
                Entrant.appAcknowledged(),
                Entrant.appEventual())),
        new SideBySide(
            W3,
            "%d MiB in one body".formatted(bytes / Shape.MIB),
            new Bulk(Shape.of(1, bytes, bytes)),
            entrants(
                Entrant.app("--upload.limits.max-chunk=" + bytes),
                Entrant.appEventual("--upload.limits.max-chunk=" + bytes))),
        new SideBySide(
            W4,
            "%d uploads of 4 KiB, %d at once".formatted(options.tinyUploads(), TINY_AT_ONCE),
            new TinyUploads(options.tinyUploads(), TINY_AT_ONCE, TINY_BYTES),
            entrants(
                Entrant.app(),
                Entrant.appFlat(),
                Entrant.appAcknowledged(),
                Entrant.appEventual())),
        new Assembly(
            W5,
            "the last chunk of an upload of %d MiB".formatted(bytes / 2 / Shape.MIB),
            bytes / 2),
        new Footprint(
            MEMORY,
            "memory of the app; large files are of %d MiB".formatted(bytes / Shape.MIB),
            bytes,
            options.soak()));
  }

  private static List<Entrant> entrants(Entrant... apps) {
    List<Entrant> entrants = new ArrayList<>();
    entrants.add(Entrant.nginx());
    entrants.addAll(List.of(apps));
    entrants.add(Entrant.fileSink());
    entrants.add(Entrant.nullSink());
    return entrants;
  }
}
