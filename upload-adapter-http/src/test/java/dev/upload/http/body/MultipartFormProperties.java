package dev.upload.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MultipartFormProperties {

  private static final String BOUNDARY = "aXa";
  private static final String DELIMITER = "\r\n--" + BOUNDARY;

  @Property(tries = 2_000)
  void anySplitOfAFormGivesItsParts(
      @ForAll("contents") List<String> contents,
      @ForAll("cuts") List<Integer> cuts,
      @ForAll("outside") String preamble,
      @ForAll("outside") String epilogue,
      @ForAll boolean lengthKnown)
      throws IOException {
    byte[] form = form(contents, preamble, epilogue);

    List<String> parsed = new ArrayList<>();
    try (RequestBytes bytes = Sent.whole(form, cuts)) {
      MultipartForm multipart =
          new MultipartForm(
              bytes, BOUNDARY, lengthKnown ? OptionalLong.of(form.length) : OptionalLong.empty());
      for (Optional<PartHead> part = multipart.nextPart();
          part.isPresent();
          part = multipart.nextPart()) {
        int number = parsed.size();
        assertThat(part.get().name()).isEqualTo("n" + number);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        multipart.transferTo(
            Channels.newChannel(content), OptionalLong.of(contents.get(number).length()));
        parsed.add(content.toString(StandardCharsets.ISO_8859_1));
      }
    }

    assertThat(parsed).isEqualTo(contents);
  }

  private static byte[] form(List<String> contents, String preamble, String epilogue) {
    StringBuilder form = new StringBuilder(preamble.isEmpty() ? "" : preamble + "\r\n");
    for (int i = 0; i < contents.size(); i++) {
      form.append(
              "--%s\r\nContent-Disposition: form-data; name=\"n%d\"\r\n\r\n".formatted(BOUNDARY, i))
          .append(contents.get(i))
          .append("\r\n");
    }
    form.append("--").append(BOUNDARY).append("--");
    return (epilogue.isEmpty() ? form : form.append("\r\n").append(epilogue))
        .toString()
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Texts that are full of what a delimiter is made of, but hold none. */
  @Provide
  Arbitrary<List<String>> contents() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "\r",
            "\n",
            "\r\n",
            "-",
            "--",
            "\r\n-",
            "\r\n--",
            "\r\n--a",
            "\r\n--aX",
            "a",
            "X",
            "other",
            "");
    return piece
        .list()
        .ofMaxSize(12)
        .map(pieces -> String.join("", pieces))
        .filter(text -> !("\r\n" + text + "\r\n--").contains(DELIMITER))
        .filter(
            text ->
                !(text + DELIMITER)
                    .substring(0, text.length() + DELIMITER.length() - 1)
                    .contains(DELIMITER))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 400).list().ofMaxSize(60);
  }

  @Provide
  Arbitrary<String> outside() {
    return Combinators.combine(
            Arbitraries.of("", "text", "\r\n", "--aX", "\r\n--aX"), Arbitraries.of("", "-", "more"))
        .as(String::concat)
        .filter(text -> !("\r\n" + text + "\r\n--").contains(DELIMITER));
  }
}
