package dev.upload.http.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.upload.http.HttpDate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a range says, nothing is sent that the file does not have. */
class RangeFuzzProperties {

  private static final long LENGTH = 1_000;

  @FuzzTest
  void isWithinTheFile(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    if (RangeRequest.parse(text, LENGTH) instanceof RangeRequest.Part part) {
      assertThat(part.range().start()).isBetween(0L, LENGTH - 1);
      assertThat(part.range().end()).isBetween(part.range().start() + 1, LENGTH);
    }
    assertThat(RangeRequest.parse(text, 0)).isNotInstanceOf(RangeRequest.Part.class);
    assertThat(HttpDate.parse(text)).isNotNull();
  }

  @Property(tries = 1_000)
  void anyBytes(@ForAll byte[] data) {
    isWithinTheFile(data);
  }

  @Property(tries = 3_000)
  void whatIsAlmostRight(@ForAll("pieces") List<String> pieces) {
    isWithinTheFile(String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "bytes=",
            "bytes",
            "=",
            "-",
            "0",
            "1",
            "999",
            "1000",
            "9223372036854775807",
            "9999999999999999999",
            "99999999999999999999",
            ",",
            " ",
            "\t",
            "Mon, 23 Nov 2026",
            " 10:00:00",
            " GMT")
        .list()
        .ofMaxSize(8);
  }
}
