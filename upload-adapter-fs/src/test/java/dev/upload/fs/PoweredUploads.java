package dev.upload.fs;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import dev.upload.fs.disk.ForgetfulDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Uploads on a disk that forgets, with a power cut before each of its steps. */
final class PoweredUploads {

  private final Path directory;
  private final Path root;
  private final Durability durability;
  private final Random chance;
  private final ForgetfulDisk disk;
  private final List<PowerLoss> losses = new ArrayList<>();

  /** What the clients were told. */
  private final Map<UploadDeclaration, UploadSession> acknowledged = new LinkedHashMap<>();

  /** Copies of the database: a power cut takes commits that were not forced, from the end. */
  private final List<Path> databases = new ArrayList<>();

  PoweredUploads(Path directory, Durability durability, long seed) throws IOException {
    this.directory = directory;
    this.root = Files.createDirectory(directory.resolve("root"));
    this.durability = durability;
    this.chance = new Random(seed);
    this.disk = new ForgetfulDisk(root.toRealPath());
  }

  /** How an upload comes. */
  enum Kind {
    CELLS_IN_ORDER,
    CELLS_FROM_THE_END,
    APPENDS
  }

  /** What is uploaded. */
  record Plan(Kind kind, int length, int chunk) {

    Plan {
      length = kind == Kind.APPENDS ? Math.max(1, length) : length; // nothing is appended to empty
    }

    UploadDeclaration declaration() {
      return kind == Kind.APPENDS ? Sessions.append(length) : Sessions.grid(length, chunk);
    }
  }

  /** Uploads by {@code plans}, chunk by chunk in turn, and returns what the cuts left. */
  List<PowerLoss> run(List<Plan> plans) throws IOException {
    FilesystemConfig config = new FilesystemConfig(disk.root(), durability, 0);
    try (FilesystemUploads files =
        FilesystemUploads.open(config, Optional.of("first boot"), TestUploads.NEVER)) {
      databases.add(databaseNow());
      disk.beforeEachStep(this::cutThePower);
      Uploads uploads = TestUploads.uploads(files);
      List<List<Runnable>> steps = plans.stream().map(plan -> steps(uploads, plan)).toList();
      int rounds = steps.stream().mapToInt(List::size).max().orElse(0);
      for (int round = 0; round < rounds; round++) {
        for (List<Runnable> own : steps) {
          if (round < own.size()) {
            own.get(round).run();
            databases.add(databaseNow());
          }
        }
      }
      cutThePower();
    } // its end forces what is listed, step by step
    disk.beforeEachStep(() -> {});
    return losses;
  }

  private List<Runnable> steps(Uploads uploads, Plan plan) {
    UploadDeclaration declaration = plan.declaration();
    byte[] whole = PowerLoss.content(declaration);
    List<ByteRange> ranges = new ArrayList<>();
    if (declaration.policy() instanceof ChunkGrid grid) {
      for (int number = 0; number < grid.count(); number++) {
        ranges.add(grid.cell(number));
      }
    } else {
      for (int start = 0; start < plan.length(); start += plan.chunk()) {
        ranges.add(ByteRange.at(start, Math.min(plan.chunk(), plan.length() - start)));
      }
    }
    List<ByteRange> order = plan.kind() == Kind.CELLS_FROM_THE_END ? ranges.reversed() : ranges;
    List<Runnable> steps = new ArrayList<>();
    for (ByteRange range : order) {
      steps.add(
          () ->
              acknowledged(
                  uploads.receive(declaration, Chunk.filling(range), Bytes.body(whole, range))));
    }
    return steps;
  }

  private void acknowledged(UploadSession session) {
    acknowledged.put(session.declaration(), session);
    if (durability == Durability.COMPLETED && session.state() == UploadState.COMPLETE) {
      databases.clear(); // the commit was forced, and every one before it
    }
  }

  private void cutThePower() {
    Path left = directory.resolve("cut-" + losses.size());
    List<Path> candidates = new ArrayList<>();
    try {
      candidates.add(databaseNow());
      if (durability != Durability.ACKNOWLEDGED) { // else every commit is forced
        candidates.addAll(databases);
      }
      disk.cutTo(Files.createDirectory(left), chance);
      copy(candidates.get(chance.nextInt(candidates.size())), left);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    losses.add(new PowerLoss(left, Map.copyOf(acknowledged)));
  }

  private Path databaseNow() throws IOException {
    Path copy = Files.createTempDirectory(directory, "database");
    copy(root, copy);
    return copy;
  }

  private static void copy(Path from, Path to) throws IOException {
    for (String name : List.of("sessions.db", "sessions.db-wal")) {
      if (Files.exists(from.resolve(name))) {
        Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
