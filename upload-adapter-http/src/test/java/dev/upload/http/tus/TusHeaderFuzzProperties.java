package dev.upload.http.tus;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.upload.core.model.UploadRejectedException;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.simple.SimpleHttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a header of tus says, it is read or refused: nothing else is thrown. */
class TusHeaderFuzzProperties {

  @FuzzTest
  void isReadOrRefused(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    refusedAtMost(() -> ChecksumHeader.parse(text));
    for (String name : List.of(Tus.METADATA, Tus.CONCAT, Tus.OFFSET)) {
      fields(name, text).ifPresent(TusHeaderFuzzProperties::read);
    }
  }

  private static void read(RequestFields fields) {
    refusedAtMost(() -> MetadataHeader.parse(fields));
    refusedAtMost(() -> ConcatHeader.parse(fields));
    refusedAtMost(() -> fields.number(Tus.OFFSET));
  }

  /** Empty if no header can have such a value: the server refuses it before anybody reads it. */
  private static Optional<RequestFields> fields(String name, String value) {
    try {
      return Optional.of(
          new RequestFields(new SimpleHttpHeaders(Map.of(name, value), ConversionService.SHARED)));
    } catch (IllegalArgumentException impossible) {
      return Optional.empty();
    }
  }

  private static void refusedAtMost(Runnable parsing) {
    try {
      parsing.run();
    } catch (UploadRejectedException refused) {
      // as it may be
    }
  }

  @Property(tries = 1_000)
  void anyBytes(@ForAll byte[] data) {
    isReadOrRefused(data);
  }

  @Property(tries = 3_000)
  void whatIsAlmostRight(@ForAll("pieces") List<String> pieces) {
    isReadOrRefused(String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "filename",
            " ",
            ",",
            "aGVsbG8=",
            "aGVs",
            "=",
            "sha1",
            "md5",
            "sha256",
            "crc32",
            "partial",
            "final",
            ";",
            "/files/",
            "http://h/files/",
            "0123456789abcdef",
            "..",
            "%2e",
            "99999999999999999999",
            "-1",
            "+1",
            "7",
            "\t",
            "\u00ff",
            "w4M=")
        .list()
        .ofMaxSize(12);
  }
}
