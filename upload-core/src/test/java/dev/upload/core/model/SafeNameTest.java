package dev.upload.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeNameTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "report.pdf,report.pdf",
        "Grüße an alle.txt,Grüße an alle.txt",
        "../../etc/passwd,.._.._etc_passwd",
        "..,unnamed",
        ".,unnamed",
        "` `,unnamed",
        "a b\"c'd.txt,a b_c'd.txt",
        "C:\\x.txt,C__x.txt",
        ".gitignore,.gitignore",
        "trailing. . ,trailing",
        "nul,_nul",
        "COM1.txt,_COM1.txt",
        "communication,communication",
        "com1,_com1",
        "com12,com12",
        "archive.tar.gz,archive.tar.gz",
        "archive.,archive",
        "archive-1_2.pdf,archive-1_2.pdf",
        "\uD83D\uDE00.bin,\uD83D\uDE00.bin"
      })
  void resemblesWhatTheClientSaid(String said, String safe) {
    assertThat(SafeName.of(said)).isEqualTo(safe);
  }

  @Test
  void bringsEquivalentSpellingsTogether() {
    assertThat(SafeName.of("u\u0308.txt")).isEqualTo("\u00fc.txt");
  }

  @Test
  void hidesNoExtension() {
    assertThat(SafeName.of("gpj.\u202Eexe\u0000.txt\n")).isEqualTo("gpj._exe_.txt_");
  }

  @Test
  void keepsTheExtensionOfALongName() {
    assertThat(SafeName.of("\uD83D\uDE00".repeat(300) + ".tar")).endsWith("\uD83D\uDE00.tar");
  }

  @Property
  void isSafeWhateverTheClientSaid(@ForAll String said) {
    String name = SafeName.of(said);

    assertThat(name).isNotEmpty().isNotIn(".", "..").doesNotContainPattern("[/\\\\\\p{Cntrl}]");
    assertThat(name.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(SafeName.MAX_BYTES);
    assertThat(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(name);
  }

  @Property
  void leavesASafeNameAsItIs(@ForAll String said) {
    String name = SafeName.of(said);

    assertThat(SafeName.of(name)).isEqualTo(name);
  }
}
