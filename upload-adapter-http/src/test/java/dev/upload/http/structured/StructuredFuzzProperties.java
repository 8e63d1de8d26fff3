package dev.upload.http.structured;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.http.digest.DigestFields;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.simple.SimpleHttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a structured field says, it is read or absent; what is read is written the same. */
class StructuredFuzzProperties {

  private static final Set<String> KEYS = Set.of("a", "sha-256", "sha-512", "max-size");

  @FuzzTest
  void isReadOrAbsent(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    headers(text).ifPresent(StructuredFuzzProperties::readItems);
    readDictionaries(Arrays.asList(text.split("\n", -1)));
  }

  private static void readItems(HttpHeaders headers) {
    StructuredFields.integer(headers, "X")
        .ifPresent(value -> assertThat(StructuredFields.format(value)).isNotEmpty());
    StructuredFields.flag(headers, "X");
    DigestFields.wanted(headers);
  }

  private static void readDictionaries(List<String> lines) {
    Map<String, Long> integers = Dictionaries.integers(lines, KEYS);
    String written = Dictionaries.formatIntegers(integers);
    Dictionaries.bytes(lines, KEYS);
    try {
      DigestFields.digests(lines);
    } catch (UploadRejectedException refused) {
      // as it may be
    }

    assertThat(Dictionaries.integers(List.of(written), KEYS)).isEqualTo(integers);
  }

  /** Empty if no header can have such a value: the server refuses it before anybody reads it. */
  private static Optional<HttpHeaders> headers(String value) {
    try {
      return Optional.of(
          new SimpleHttpHeaders(
              Map.of("X", value, DigestFields.WANTED, value), ConversionService.SHARED));
    } catch (IllegalArgumentException impossible) {
      return Optional.empty();
    }
  }

  @Property(tries = 1_000)
  void anyBytes(@ForAll byte[] data) {
    isReadOrAbsent(data);
  }

  @Property(tries = 3_000)
  void whatIsAlmostRight(@ForAll("pieces") List<String> pieces) {
    isReadOrAbsent(String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "a",
            "sha-256",
            "sha-512",
            "max-size",
            "=",
            ",",
            ", ",
            ";",
            ":",
            "AQID",
            "AA==",
            "5",
            "-",
            "0",
            "10",
            "999999999999999",
            "1.5",
            "?",
            "?1",
            "\"",
            "\\",
            "(",
            ")",
            "*",
            " ",
            "\t",
            "\n",
            "@",
            "%",
            "\u00ff",
            "\u0000")
        .list()
        .ofMaxSize(14);
  }
}
