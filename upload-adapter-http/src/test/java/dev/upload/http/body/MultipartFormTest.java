package dev.upload.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.testing.Bytes;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFormTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Disposition: form-data; name=\"n\"; filename=\"a;b.txt\"",
        "content-disposition:form-data;name=n;filename=\"a;b.txt\"",
        "Content-Disposition: form-data; filename=\"a;b.txt\"; name=\"n\"",
        "Content-Disposition: form-data; name=\"n\"; filename=\"x\"; filename*=UTF-8''a%3Bb.txt",
        "X-Other: 1|Content-Disposition: form-data; name=\"n\"; filename=\"a;b.txt\"|Content-Type:"
            + " a/b"
      })
  void headsAreReadInEveryForm(String head) {
    MultipartForm form = form("--b|" + head + "||content|--b--|");

    PartHead part = form.nextPart().orElseThrow();

    assertThat(part.name()).isEqualTo("n");
    assertThat(part.filename()).contains("a;b.txt");
    assertThat(form.text()).isEqualTo("content");
    assertThat(form.nextPart()).isEmpty();
  }

  @Test
  void namesAreUtf8WithThreeEscapes() {
    MultipartForm form =
        form(
            "--b|Content-Disposition: form-data; name=\"ü%22\"; filename=\"é %22%0D%0A %41 \\"
                + " 🎉\"|||--b--");

    PartHead part = form.nextPart().orElseThrow();

    assertThat(part.name()).isEqualTo("ü\"");
    assertThat(part.filename()).contains("é \"\r\n %41 \\ 🎉");
  }

  @Test
  void aDelimiterMayBePaddedAndTheFormSurrounded() {
    MultipartForm form =
        form("to be ignored|--b \t |Content-Disposition: form-data; name=\"n\"||x|--b--|and this");

    assertThat(form.nextPart()).isPresent();
    assertThat(form.text()).isEqualTo("x");
    assertThat(form.nextPart()).isEmpty();
    assertThat(form.nextPart()).isEmpty();
  }

  @Test
  void aBareLineFeedIsContent() {
    MultipartForm form =
        form("--b|Content-Disposition: form-data; name=\"n\"||x<LF>--b--<LF>y|--b--|");

    form.nextPart();

    assertThat(form.text()).isEqualTo("x\n--b--\ny");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--b||x|--b--",
        "--b|Content-Disposition: attachment; name=\"n\"||x|--b--",
        "--b|Content-Disposition: form-data||x|--b--",
        "--b|Content-Disposition: form-data; name=\"n||x|--b--",
        "--b|Content-Disposition: form-data; name=\"n\"; filename*=UTF-8''%GG||x|--b--",
        "--b|Content-Disposition: form-data; name=\"n\"|Content-Transfer-Encoding: base64||x|--b--",
        "--bX|Content-Disposition: form-data; name=\"n\"||x|--b--",
        "--b",
        ""
      })
  void whatIsNoFormIsRefused(String text) {
    assertThatThrownBy(() -> form(text).nextPart()).isInstanceOf(UploadRejectedException.class);
  }

  @Test
  void aLastFileOfKnownLengthMayHoldItsOwnDelimiter() throws IOException {
    String content = "\r\n--b--\r\n";
    String text =
        "--b|Content-Disposition: form-data; name=\"f\"; filename=\"f\"||" + content + "|--b--|";
    MultipartForm form = new MultipartForm(bytes(text), "b", OptionalLong.of(encoded(text).length));
    form.nextPart();

    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    form.transferTo(Channels.newChannel(sink), OptionalLong.of(content.length()));

    assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo(content);
    assertThat(form.nextPart()).isEmpty();
  }

  @Test
  void aClientThatGoesAwayEndsItsFileEarly() throws IOException {
    byte[] content = Bytes.random(10_000, 4);
    RequestBytes bytes = new RequestBytes(new Sent());
    bytes.arrived(
        Unpooled.wrappedBuffer(
            encoded("--b|Content-Disposition: form-data; name=\"f\"; filename=\"f\"||")));
    bytes.arrived(Unpooled.copiedBuffer(content));
    bytes.failed();
    MultipartForm form = new MultipartForm(bytes, "b", OptionalLong.empty());
    Optional<PartHead> head = form.nextPart();
    FormFile file = new FormFile(bytes, form, head.orElseThrow(), 20_000, (name, value) -> {});

    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    long count = file.transferTo(Channels.newChannel(sink));

    assertThat(file.truncated()).isTrue();
    assertThat(count).isEqualTo(sink.size());
    assertThat(sink.toByteArray()).isEqualTo(Arrays.copyOf(content, sink.size()));
    bytes.close();
  }

  private static MultipartForm form(String text) {
    return new MultipartForm(bytes(text), "b", OptionalLong.empty());
  }

  private static RequestBytes bytes(String text) {
    return Sent.whole(encoded(text), List.of(7, 50, 51));
  }

  /** Returns the bytes of a text in which a bar is the end of a line. */
  private static byte[] encoded(String text) {
    return text.replace("|", "\r\n").replace("<LF>", "\n").getBytes(StandardCharsets.UTF_8);
  }
}
