package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Cuts the power before every step of the disk in the life of a few uploads, lets it take any of
 * what was not forced, and looks whether the records claim what is not there.
 */
class PowerCutPropertyTest {

  @Property(tries = 8)
  void aRecordNeverClaimsWhatAPowerCutTook(
      @ForAll("plans") List<PoweredUploads.Plan> plans,
      @ForAll Durability durability,
      @ForAll long seed)
      throws IOException {
    Path directory = Files.createTempDirectory("power-cut");
    try {
      List<PowerLoss> losses = new PoweredUploads(directory, durability, seed).run(plans);

      assertThat(losses).hasSizeGreaterThan(plans.size());
      for (PowerLoss loss : losses) {
        loss.assertRecovered(durability);
      }
    } finally {
      delete(directory);
    }
  }

  @Provide
  Arbitrary<List<PoweredUploads.Plan>> plans() {
    Arbitrary<Integer> length = Arbitraries.integers().between(0, 9_000);
    Arbitrary<Integer> chunk = Arbitraries.integers().between(700, 3_000);
    return Combinators.combine(Arbitraries.of(PoweredUploads.Kind.class), length, chunk)
        .as(PoweredUploads.Plan::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
