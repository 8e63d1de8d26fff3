package dev.upload.http.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.upload.core.model.SafeName;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadMetadata;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Sessions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a client calls its file, what is said of it is one header each, and of a safe name. */
class AttachmentFuzzProperties {

  private static final Pattern DISPOSITION =
      Pattern.compile(
          "attachment; filename=\"[\\x20-\\x7e&&[^\"\\\\%]]+\"; "
              + "filename\\*=UTF-8''((?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+)");

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+");

  /** A media type, a line feed, and a name. */
  @FuzzTest
  void isOneHeader(byte[] data) {
    String[] said = (new String(data, StandardCharsets.UTF_8) + "\n").split("\n", 2);
    if (said[0].length() + said[1].length() < UploadMetadata.MAX_CHARS / 2) {
      requireHeaders(session(said[0], said[1]));
    }
  }

  private static void requireHeaders(UploadSession session) {
    assertThat(Attachment.contentType(session))
        .matches(MEDIA_TYPE)
        .doesNotStartWith("multipart/")
        .doesNotStartWith("message/");
    String disposition = Attachment.disposition(session);
    Matcher matcher = DISPOSITION.matcher(disposition);
    assertThat(matcher.matches()).as(disposition).isTrue();
    String name = URLDecoder.decode(matcher.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    assertThat(SafeName.of(name)).isEqualTo(name);
  }

  private static UploadSession session(String type, String name) {
    UploadDeclaration plain = Sessions.append(1);
    return Sessions.open(
        new UploadDeclaration(
            plain.id(),
            plain.owner(),
            plain.policy(),
            plain.length(),
            new UploadMetadata(
                Map.of(UploadMetadata.CONTENT_TYPE, type, UploadMetadata.FILENAME, name)),
            plain.destination(),
            plain.createdAt()));
  }

  @Property(tries = 1_000)
  void anyText(@ForAll String type, @ForAll String name) {
    requireHeaders(session(type, name));
  }
}
