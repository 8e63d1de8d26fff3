package dev.upload.http.resumablejs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever parameters say, the request is refused or is about bytes that its file has. */
class ParametersFuzzProperties {

  private static final UploadLimits LIMITS =
      new UploadLimits(1_000_000, 1_000, 1_000_000, 1_000_000);

  private final ParameterNames names =
      new ParameterNames(
          new ResumableJsConfiguration("/uploads", "", Map.of(), "file", Duration.ZERO));

  /** Fields as in a query, but nothing is escaped; those behind a hash come after the file. */
  @FuzzTest
  void isReadOrRefused(byte[] data) {
    String[] sides = new String(data, StandardCharsets.UTF_8).split("#", 2);
    Parameters parameters = new Parameters(names);
    try {
      fields(sides[0]).forEach(field -> parameters.add(field[0], field[1]));
      requireWithinFile(ChunkRequest.of(parameters));
      if (sides.length > 1) {
        fields(sides[1]).forEach(field -> parameters.addLate(field[0], field[1]));
      }
    } catch (UploadRejectedException refused) {
      // as it may be
    }
  }

  private static List<String[]> fields(String text) {
    return List.of(text.split("&")).stream().map(field -> (field + "=").split("=", -1)).toList();
  }

  private static void requireWithinFile(ChunkRequest request) {
    assertThat(request.chunk().range().end()).isBetween(0L, request.totalSize());
    assertThat(request.chunk().range().isEmpty()).isEqualTo(request.totalSize() == 0);
    assertThat(DerivedId.of(Owner.ANONYMOUS, request))
        .isEqualTo(DerivedId.of(Owner.ANONYMOUS, request));
    request.requireWithin(LIMITS, request.grid());
  }

  @Property(tries = 3_000)
  void whatIsAlmostRight(@ForAll("fields") List<String> fields) {
    isReadOrRefused(
        ("flowIdentifier=a&flowFilename=b&" + String.join("&", fields))
            .getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<List<String>> fields() {
    Arbitrary<String> numbers =
        Arbitraries.of(
            "0",
            "1",
            "2",
            "3",
            "10",
            "29",
            "2147483648",
            "4611686018427387904",
            "9223372036854775807",
            "9999999999999999999",
            "-1",
            "");
    return numbers
        .list()
        .ofSize(5)
        .map(
            said ->
                List.of(
                    "flowChunkNumber=" + said.get(0),
                    "flowChunkSize=" + said.get(1),
                    "flowTotalSize=" + said.get(2),
                    "flowCurrentChunkSize=" + said.get(3),
                    "flowTotalChunks=" + said.get(4)));
  }
}
