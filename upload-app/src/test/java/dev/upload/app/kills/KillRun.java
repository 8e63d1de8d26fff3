package dev.upload.app.kills;

import dev.upload.app.e2e.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Kills the app {@code count} times at every kind of home in turn, then finishes everything.
 *
 * @param seed decides what is uploaded and when the app is killed; how far it has come by then is
 *     up to the machine
 */
record KillRun(int count, long seed) {

  private static final List<String> LEVELS = List.of("completed", "acknowledged", "eventual");

  /** Takes the number of kills, the seed (0 for a new one) and a directory for what is stored. */
  public static void main(String[] args) throws Exception {
    long seed = Long.parseLong(args[1]);
    KillRun run =
        new KillRun(Integer.parseInt(args[0]), seed == 0 ? System.currentTimeMillis() : seed);
    Path parent = Files.createDirectories(Path.of(args[2]).toAbsolutePath());
    Path directory = Files.createTempDirectory(parent, "run");
    Figures figures = run.in(directory);
    System.out.println(figures);
    Files.writeString(parent.resolve("figures.txt"), figures.toString());
    if (!figures.broken().isEmpty()) {
      System.exit(1); // what is stored stays, to be looked at
    }
    delete(directory);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Runs in an empty directory. */
  Figures in(Path directory) throws Exception {
    long start = System.nanoTime();
    Ledger ledger = new Ledger();
    Random random = new Random(seed);
    List<Resources> resources = new ArrayList<>();
    int unclaimed = 0;
    List<Home> homes = homes(directory);
    try {
      for (int number = 0; number < count; number++) {
        Home home = homes.get(number % homes.size());
        int turn = number + number / homes.size(); // each home has every kind of moment in turn
        Life.run(home, Moment.next(turn, home.kind(), random), ledger);
      }
      for (Home home : homes) {
        Ending ending = new Ending(home, ledger);
        resources.add(ending.finishAll());
        unclaimed += ending.sweep(root(directory, home.level()));
      }
    } finally {
      for (Home home : homes) {
        home.storage().close();
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new Figures(seed, took, ledger, unclaimed, resources);
  }

  private List<Home> homes(Path directory) throws Exception {
    List<Home> homes = new ArrayList<>();
    for (String level : LEVELS) {
      Path own = Files.createDirectory(directory.resolve(level));
      Storage storage = Storage.open(Storage.Kind.FILESYSTEM, own);
      homes.add(new Home(Storage.Kind.FILESYSTEM, level, storage, new Cargo(seed + homes.size())));
    }
    Path own = Files.createDirectory(directory.resolve("s3"));
    Storage storage = Storage.open(Storage.Kind.S3, own);
    homes.add(new Home(Storage.Kind.S3, "completed", storage, new Cargo(seed + homes.size())));
    return homes;
  }

  private static Path root(Path directory, String level) {
    return directory.resolve(level).resolve("root");
  }
}
