package dev.upload.http.files;

import dev.upload.core.model.SafeName;
import dev.upload.core.model.UploadSession;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file that a stranger sent is called and said to be when it is given back. */
final class Attachment {

  static final String ANY_BYTES = "application/octet-stream";

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,63}/[A-Za-z0-9!#$&^_.+-]{1,63}");
  private static final Pattern CODINGS =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,63}( ?, ?[A-Za-z0-9!#$&^_.+-]{1,63}){0,7}");
  private static final String UNENCODED = "!#$&+-.^_`|~";

  private Attachment() {}

  /**
   * Returns the media type that the client gave, without parameters, if it is one that a single
   * file can have.
   */
  static String contentType(UploadSession session) {
    return session
        .metadata()
        .contentType()
        .filter(type -> MEDIA_TYPE.matcher(type).matches())
        .map(type -> type.toLowerCase(Locale.ROOT))
        .filter(type -> !type.startsWith("multipart/") && !type.startsWith("message/"))
        .orElse(ANY_BYTES);
  }

  /** Returns the codings that the client gave, if they can be codings. */
  static Optional<String> contentCodings(UploadSession session) {
    return session
        .metadata()
        .contentCodings()
        .filter(codings -> CODINGS.matcher(codings).matches())
        .filter(codings -> !codings.equalsIgnoreCase("identity"));
  }

  /**
   * Returns a Content-Disposition (RFC 6266) with the file's name, and a plain one for old clients.
   */
  static String disposition(UploadSession session) {
    String name = name(session);
    return "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(plain(name), encoded(name));
  }

  private static String name(UploadSession session) {
    String given = session.metadata().filename().orElse(session.destination().name());
    return SafeName.of(
        given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1));
  }

  /** A percent sign is replaced too: some clients decode it. */
  private static String plain(String name) {
    return name.replaceAll("[^\\x20-\\x7e]|[\"\\\\%]", "_");
  }

  /** RFC 8187, section 3.2. */
  private static String encoded(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || UNENCODED.indexOf(c) >= 0);
      encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return encoded.toString();
  }
}
