package dev.upload.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTemplateTest {

  private static final UploadId ID = new UploadId("0123456789");
  private static final Instant CREATED = Instant.parse("2026-11-23T23:59:59Z");

  @ParameterizedTest
  @CsvSource({
    "{id}/{filename},0123456789/c.txt",
    "{date}/{id}-{filename},2026-11-23/0123456789-c.txt",
    "{owner}/{id}/{relative-path},ann/0123456789/a/b/c.txt",
    "{id}-{relative-path},0123456789-a_b_c.txt",
    "in/{id},in/0123456789"
  })
  void fillsItsPlaceholders(String template, String path) {
    assertThat(destination(template, "c.txt", "a/b/c.txt").path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{filename}",
        "{id}/{nonsense}",
        "../{id}",
        "/{id}",
        "{id}/",
        "a//{id}",
        "a/./{id}",
        "{id}\\x"
      })
  void refusesATemplateThatCannotBeSafe(String template) {
    assertThatThrownBy(() -> new DestinationTemplate(template))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTheLastSegmentOfAPathForTheName() {
    assertThat(destination("{id}/{filename}", "../../etc/pass wd", "").name()).isEqualTo("pass wd");
  }

  @Test
  void putsNothingInTheWayOfPatternCharacters() {
    assertThat(destination("{id}/{filename}", "$1 {id} \\0", "").path()).isEqualTo("0123456789/0");
    assertThat(destination("{id}/{filename}", "$1 {id}", "").path())
        .isEqualTo("0123456789/$1 {id}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{filename}-{id}", "{id}{owner}-{filename}", "{relative-path} {filename} {id}"})
  void shortensWhatTheClientSaidAndNeverTheId(String template) {
    Destination destination = destination(template, "é".repeat(300), "b".repeat(300) + "/c");

    assertThat(destination.name()).contains(ID.value());
    assertThat(destination.name().getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(SafeName.MAX_BYTES / 2, SafeName.MAX_BYTES);
  }

  @Test
  void refusesATemplateThatLeavesNoRoomForAnId() {
    assertThatThrownBy(() -> new DestinationTemplate("a".repeat(150) + "{id}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAPathThatIsTooDeep() {
    assertThatThrownBy(() -> destination("{id}/{relative-path}", "x", "a/".repeat(40) + "x"))
        .isInstanceOf(UploadRejectedException.class);
  }

  @Test
  void refusesAPathThatIsTooLong() {
    String folder = "a".repeat(150) + "/";
    assertThatThrownBy(() -> destination("{id}/{relative-path}", "x", folder.repeat(6) + "x"))
        .isInstanceOf(UploadRejectedException.class);
  }

  @Property
  void staysBelowItsRootWhateverTheClientSaid(
      @ForAll @StringLength(max = 60) String filename,
      @ForAll @StringLength(max = 100) String path) {
    Destination destination = destination("{id}/{relative-path}/{filename}", filename, path);

    assertThat(destination.segments()).startsWith("0123456789").doesNotContain("", ".", "..");
  }

  private static Destination destination(String template, String filename, String relativePath) {
    UploadMetadata metadata =
        new UploadMetadata(
            Map.of(UploadMetadata.FILENAME, filename, UploadMetadata.RELATIVE_PATH, relativePath));
    return new DestinationTemplate(template).destination(ID, new Owner("ann"), metadata, CREATED);
  }
}
