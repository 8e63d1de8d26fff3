package dev.upload.http.body;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.upload.core.model.UploadRejectedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a body or a header of it says, it is read or refused: nothing else is thrown. */
class BodyFuzzProperties {

  private static final String BOUNDARY = "b";

  @FuzzTest
  void isReadOrRefused(byte[] data) throws IOException {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    form(data);
    refusedAtMost(() -> HeaderValue.parse(text));
    refusedAtMost(() -> PartHead.parse(text));
    dataUrl(data);
  }

  private static void form(byte[] data) throws IOException {
    try (RequestBytes bytes = Sent.whole(data, List.of(data.length / 3, data.length / 2))) {
      MultipartForm form = new MultipartForm(bytes, BOUNDARY, OptionalLong.empty());
      while (form.nextPart().isPresent()) {
        form.transferTo(Channels.newChannel(OutputStream.nullOutputStream()), OptionalLong.of(7));
      }
    } catch (UploadRejectedException refused) {
      // as it may be
    }
  }

  private static void dataUrl(byte[] data) throws IOException {
    DataUrlSink sink = new DataUrlSink(Channels.newChannel(OutputStream.nullOutputStream()));
    try {
      sink.write(ByteBuffer.wrap(data));
      sink.finish();
    } catch (UploadRejectedException refused) {
      // as it may be
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
  void anyBytes(@ForAll byte[] data) throws IOException {
    isReadOrRefused(data);
  }

  @Property(tries = 2_000)
  void whatIsAlmostRight(@ForAll("pieces") List<String> pieces) throws IOException {
    isReadOrRefused(String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "--b",
            "--b--",
            "--",
            "\r\n",
            "\r",
            "\n",
            "\r\n\r\n",
            "Content-Disposition: form-data;",
            " name=",
            "\"a\"",
            "\"",
            "\\",
            "; filename=",
            "filename*=UTF-8''%e2%",
            "%zz",
            "=",
            ";",
            ":",
            " ",
            "\t",
            "Content-Type: text/plain",
            "data:",
            ";base64,",
            "AAAA",
            "A=",
            "\u0000",
            "\u00ff",
            "x")
        .list()
        .ofMaxSize(40);
  }
}
